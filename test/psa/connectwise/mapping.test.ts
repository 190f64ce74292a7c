import { describe, expect, it } from 'vitest';
import { KINDS, type Kind } from '../../../domain/kinds.ts';
import { MAPPING, READERS } from '../../../psa/connectwise/mapping.ts';

type Case = readonly [field: string, psa: Record<string, unknown>, ours: unknown];

const items = [
  {
    id: 3,
    type: { id: 2, name: 'Direct' },
    value: '555-0100',
    extension: '12',
    defaultFlag: true,
    communicationType: 'Phone',
  },
  { id: 1, type: { id: 1, name: 'Email' }, value: 'ann@example.com', defaultFlag: true, communicationType: 'Email' },
  { id: 4, type: { id: 3, name: 'Fax' }, value: '555-0199', defaultFlag: true, communicationType: 'Fax' },
];

/** What each row of the mapping tables does, by the name of the field. */
const CASES: Readonly<Record<Kind, readonly Case[]>> = {
  organization: [
    ['name', { name: 'Acme Ltd' }, 'Acme Ltd'],
    ['shortName', { identifier: 'Acme' }, 'Acme'],
    [
      'type',
      {
        types: [
          { id: 2, name: 'Client' },
          { id: 1, name: 'Vendor' },
        ],
      },
      { psaId: '2', name: 'Client' },
    ],
    ['status', { status: { id: 1, name: 'Active' } }, { psaId: '1', name: 'Active' }],
    ['parent', { parentCompany: { id: 250, identifier: 'Top', name: 'Top' } }, '250'],
    ['primaryLocation', { site: { id: 9, name: 'Main' } }, '9'],
  ],
  location: [
    ['organization', { company: { id: 250 } }, '250'],
    ['name', { name: 'Main' }, 'Main'],
    ['address1', { addressLine1: '1 High St' }, '1 High St'],
    ['address2', { addressLine2: 'Floor 2' }, 'Floor 2'],
    ['city', { city: 'Tampa' }, 'Tampa'],
    ['region', { stateReference: { id: 10, identifier: 'FL', name: 'Florida' } }, 'Florida'],
    ['postalCode', { zip: '33602' }, '33602'],
    ['country', { country: { id: 1, name: 'United States' } }, 'United States'],
    ['phone', { phoneNumber: '8135550100' }, '8135550100'],
    ['fax', { faxNumber: '8135550199' }, '8135550199'],
  ],
  contact: [
    ['organization', { company: { id: 250 } }, '250'],
    ['firstName', { firstName: 'Ann' }, 'Ann'],
    ['lastName', { lastName: 'Lee' }, 'Lee'],
    ['title', { title: 'CFO' }, 'CFO'],
    [
      'type',
      {
        types: [
          { id: 5, name: 'End user' },
          { id: 6, name: 'Approver' },
        ],
      },
      { psaId: '5', name: 'End user' },
    ],
    ['location', { site: { id: 9, name: 'Main' } }, '9'],
    ['emails', { communicationItems: items }, [{ value: 'ann@example.com', type: 'Email', primary: true }]],
    [
      'phones',
      { communicationItems: items },
      [
        { value: '555-0100', extension: '12', type: 'Direct', primary: true },
        { value: '555-0199', extension: null, type: 'Fax', primary: false },
      ],
    ],
  ],
  configuration: [
    ['organization', { company: { id: 250 } }, '250'],
    ['name', { name: 'SRV-01' }, 'SRV-01'],
    ['type', { type: { id: 3, name: 'Server' } }, { psaId: '3', name: 'Server' }],
    ['status', { status: { id: 1, name: 'Active' } }, { psaId: '1', name: 'Active' }],
    ['contact', { contact: { id: 77, name: 'Ann Lee' } }, '77'],
    ['location', { site: { id: 9, name: 'Main' } }, '9'],
    ['manufacturer', { manufacturer: { id: 4, name: 'Dell' } }, { psaId: '4', name: 'Dell' }],
    ['model', { modelNumber: 'R740' }, { psaId: null, name: 'R740' }],
    ['assetTag', { tagNumber: 'T-100' }, 'T-100'],
    ['serialNumber', { serialNumber: 'ABC123' }, 'ABC123'],
    ['macAddress', { macAddress: '00:1A:2B:3C:4D:5E' }, '00:1A:2B:3C:4D:5E'],
    ['primaryIp', { ipAddress: '10.0.0.5' }, '10.0.0.5'],
    ['defaultGateway', { defaultGateway: '10.0.0.1' }, '10.0.0.1'],
    ['operatingSystem', { osType: 'Windows Server 2022' }, 'Windows Server 2022'],
    ['installedBy', { installedBy: { id: 8, identifier: 'jdoe', name: 'Jo Doe' } }, 'Jo Doe'],
    ['installedAt', { installationDate: '2026-01-02T00:00:00Z' }, '2026-01-02'],
    ['purchasedAt', { purchaseDate: '2025-12-24T00:00:00Z' }, '2025-12-24'],
    ['warrantyExpiresAt', { warrantyExpirationDate: '2029-01-02T00:00:00Z' }, '2029-01-02'],
    ['notes', { notes: 'line 1\r\nline 2' }, 'line 1\nline 2'],
  ],
};

/** What `fields=` of a request says. */
const SELECTS: Readonly<Record<Kind, string>> = {
  organization: 'id,name,identifier,types,status/id,status/name,parentCompany/id,site/id,deletedFlag',
  location:
    'id,company/id,name,addressLine1,addressLine2,city,stateReference/name,zip,country/name,phoneNumber,faxNumber',
  contact: 'id,company/id,firstName,lastName,title,types,site/id,communicationItems',
  configuration:
    'id,company/id,name,type/id,type/name,status/id,status/name,contact/id,site/id,manufacturer/id,manufacturer/name,' +
    'modelNumber,tagNumber,serialNumber,macAddress,ipAddress,defaultGateway,osType,installedBy/name,installationDate,' +
    'purchaseDate,warrantyExpirationDate,notes',
};

const PRESENT = {
  organization: { name: 'x' },
  location: { name: 'x' },
  contact: {},
  configuration: { name: 'x' },
} as const;

function read(kind: Kind, psa: Record<string, unknown>, organization?: string) {
  const { records, rejects } = READERS[kind].read([{ id: 1, ...PRESENT[kind], ...psa }], organization);
  expect(rejects).toEqual([]);
  return records[0]!;
}

describe.each(KINDS)('the mapping of a ConnectWise %s', (kind) => {
  it.each(CASES[kind])('gives %s', (field, psa, ours) => {
    expect(read(kind, psa).fields[field]).toEqual(ours);
  });

  it('has an example here for each of its rows', () => {
    expect(CASES[kind].map(([field]) => field)).toEqual(MAPPING[kind].map(({ field }) => field));
  });

  it.each(CASES[kind].filter(([field]) => !(field in PRESENT[kind])))(
    'takes %s for unset when it is absent, null or empty',
    (field, psa) => {
      const [name = ''] = Object.keys(psa);
      const blank = field === 'emails' || field === 'phones' ? [] : null;
      const isList = Array.isArray(psa[name]);
      const isReference = !isList && typeof psa[name] === 'object';
      const unset = [undefined, null, ...(isList ? [[]] : isReference ? [{}, { id: null, name: null }] : ['', '  '])];
      for (const value of unset) expect(read(kind, { [name]: value }).fields[field]).toEqual(blank);
    },
  );

  it.each(Object.keys(PRESENT[kind]))('is rejected without a %s, which ConnectWise always has', (field) => {
    const rows = [{ id: 1 }, { id: 2, [field]: null }, { id: 3, [field]: ' ' }];
    const { records, rejects } = READERS[kind].read(rows);
    expect(records).toEqual([]);
    expect(rejects.map(({ psaId, reason }) => [psaId, reason.split('.')[0]])).toEqual([
      ['1', `${field} is missing`],
      ['2', `${field} is empty`],
      ['3', `${field} is blank`],
    ]);
  });

  it('asks ConnectWise for exactly what it reads', () => {
    expect(READERS[kind].selects.join(',')).toBe(SELECTS[kind]);
  });
});

describe('the gate of a ConnectWise record', () => {
  it('sees every type of a company in its order, and its status', () => {
    const types = [{ id: 9, name: 'Vendor' }, {}, { id: 2, name: 'Client' }];
    const company = read('organization', { types, status: { id: 1, name: 'Active' } });
    expect(company.types.map(({ psaId }) => psaId)).toEqual(['9', '2']);
    expect(company.status).toEqual({ psaId: '1', name: 'Active' });
  });

  it('sees the one type of a configuration', () => {
    expect(read('configuration', { type: { id: 3, name: 'Server' } }).types).toEqual([{ psaId: '3', name: 'Server' }]);
  });

  it('is not by type for contacts and sites', () => {
    expect(read('contact', { types: [{ id: 5, name: 'End user' }] })).toMatchObject({ types: [], status: null });
    expect(read('location', {})).toMatchObject({ types: [], status: null });
  });

  it('takes a company for gone when it is deleted or merged away', () => {
    expect(read('organization', { deletedFlag: true }).gone).toBe(true);
    expect(read('organization', { deletedFlag: false }).gone).toBe(false);
    expect(read('organization', { deletedFlag: null }).gone).toBe(false);
    expect(read('organization', {}).gone).toBe(false);
  });
});

describe('whose a ConnectWise record is', () => {
  it('for a site, the company that it was listed under', () => {
    expect(read('location', {}, '250').fields['organization']).toBe('250');
    expect(read('location', { company: { id: 7 } }, '250').fields['organization']).toBe('250');
  });

  it('for a contact without a company, nobody', () => {
    expect(read('contact', { firstName: 'Ann' }).fields['organization']).toBeNull();
  });
});
