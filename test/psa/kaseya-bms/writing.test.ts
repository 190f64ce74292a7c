import { describe, expect, it } from 'vitest';
import { writableBms } from './writable-bms.ts';

const ADA = {
  firstName: 'Ada',
  lastName: 'Byron',
  emails: [{ value: 'ada@engines.example', type: 'Work', primary: true }],
  phones: [{ value: '555-0101', extension: null, type: 'Work', primary: true }],
};

const STAMPS = ['modifiedBy', 'modifiedById', 'modifiedOn'];

const without = (row: Readonly<Record<string, unknown>>, ...names: string[]) =>
  Object.fromEntries(Object.entries(row).filter(([name]) => !names.includes(name) && !STAMPS.includes(name)));

async function withContact() {
  const psa = await writableBms();
  const [location] = psa.rows('locations');
  const home = { organization: String(location!['accountId']), location: String(location!.id) };
  return { psa, home, contact: await psa.create('contact', { ...home, ...ADA, important: false }) };
}

describe('a contact', () => {
  it('that is new takes one request, and another one for a title or a point of contact', async () => {
    const { psa, home } = await withContact();
    expect(psa.newWrites().map(({ line }) => line)).toEqual(['POST /crm/contacts/summary']);
    await psa.create('contact', { ...home, ...ADA, title: 'Countess', important: true });
    const [, second, ...more] = psa.newWrites();
    expect([second!.line.replace(/\d+$/u, '7'), more]).toEqual(['PATCH /crm/contacts/7', []]);
    expect(second!.body).toEqual([
      { op: 'replace', path: '/JobTitle', value: 'Countess' },
      { op: 'replace', path: '/Poc', value: true },
    ]);
  });

  it('keeps what was not changed, what does not sync among it', async () => {
    const { psa, contact } = await withContact();
    const held = {
      effectiveDate: '2026-01-02T00:00:00',
      isBillable: true,
      canRecieveInvoices: true,
    };
    psa.admin.putRows('contacts', [{ ...psa.row('contacts', contact.psaId), ...held }]);
    const before = psa.row('contacts', contact.psaId);
    await psa.update(contact, { title: 'Countess', lastName: null });
    const after = psa.row('contacts', contact.psaId);
    expect(without(after, 'jobTitle', 'lastName')).toEqual(without(before, 'jobTitle', 'lastName'));
    expect(after).toMatchObject({ jobTitle: 'Countess', lastName: null, ...held });
  });

  it('is a point of contact or is none: a blank in that place is refused by name, before it is sent', async () => {
    const { psa, contact } = await withContact();
    const { writer, settings } = psa;
    const set = { important: null };
    const problems = writer.problems({ kind: 'contact', set, current: contact, settings });
    expect(problems).toMatchObject([{ field: 'important', code: 'missing_fields' }]);
  });
});

describe('an account', () => {
  it('keeps what was not changed, and what can be empty is emptied', async () => {
    const psa = await writableBms();
    const [account] = psa.rows('accounts').filter(({ accountCode }) => typeof accountCode === 'string');
    const held = { website: 'https://engines.example', netDays: 30, description: 'Kept', creditLimit: 12.5 };
    psa.admin.putRows('accounts', [{ ...account, ...held }]);
    const before = psa.row('accounts', String(account!.id));
    await psa.update({ kind: 'organization', psaId: String(account!.id) }, { shortName: null, name: 'Engines' });
    const after = psa.row('accounts', String(account!.id));
    expect(without(after, 'accountCode', 'accountName')).toEqual(without(before, 'accountCode', 'accountName'));
    expect(after).toMatchObject({ accountCode: null, accountName: 'Engines', ...held });
  });
});

describe('what is made', () => {
  it('is not sent with a choice that is no row of the PSA: the setting is named, and what it can be', async () => {
    const { writer } = await writableBms();
    const settings = { accountManager: 'Nobody', businessType: '1' };
    const problems = writer.problems({ kind: 'organization', set: {}, current: null, settings });
    const [ofChoice, ...more] = problems.filter(({ field }) => field === null);
    expect([ofChoice?.code, more]).toEqual(['missing_fields', []]);
    expect(ofChoice?.message).toContain('does not have what is chosen');
    expect(ofChoice?.message).toContain('psa-sync settings choices push.accountManager');
  });

  it('is sent in the form of the document: an account with its location, a device with all that it needs', async () => {
    const psa = await writableBms();
    const account = await psa.create('organization', {
      ...{ name: 'Analytical Engines', shortName: 'AE' },
      ...{ type: { psaId: '1', name: 'Client' }, status: { psaId: '1', name: 'Active' } },
    });
    const device = await psa.create('configuration', {
      ...{ organization: account.psaId, location: account.fields['primaryLocation']!, name: 'ENGINE-01' },
      ...{ type: { psaId: '1', name: 'Server' }, status: { psaId: '0', name: 'Inactive' } },
      ...{ warrantyExpiresAt: '2031-05-01', model: { psaId: null, name: 'Mark I' }, macAddress: '001A2B3C4D5E' },
    });
    expect(psa.newWrites().map(({ line }) => line)).toEqual(['POST /crm/accounts', 'POST /servicedesk/hardwareasset']);
    expect(psa.row('assets', device.psaId)).toMatchObject({ accountId: Number(account.psaId), isActive: false });
  });
});

describe('a device', () => {
  it('goes back whole: what an RMM filled in stays', async () => {
    const psa = await writableBms();
    const [asset] = psa.rows('assets');
    const held = {
      ...{ barCode: 'B-1', purchaseCost: 99.5, dnsServers: '10.0.0.2', dhcpEnabled: true, machineGroupId: 'g.1' },
      ...{
        lastReboot: '2026-11-01T10:00:00Z',
        chassisType: 'Tower',
        agentId: 'agent-7',
        connectionGatewayIp: '1.2.3.4',
      },
    };
    psa.admin.putRows('assets', [{ ...asset, ...held }]);
    const before = psa.row('assets', String(asset!.id));
    await psa.update({ kind: 'configuration', psaId: String(asset!.id) }, { assetTag: 'A-77', notes: null });
    const after = psa.row('assets', String(asset!.id));
    expect(without(after, 'assetTag', 'description')).toEqual(without(before, 'assetTag', 'description'));
    expect(after).toMatchObject({ assetTag: 'A-77', description: null, ...held });
  });
});
