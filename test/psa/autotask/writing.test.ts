import { describe, expect, it } from 'vitest';
import type { PsaRecord } from '../../../domain/psa-record.ts';
import type { Phone } from '../../../domain/values.ts';
import { CHOICES, simulatedAutotask, type Simulated } from './simulated-autotask.ts';

const lookup = (name: string) => ({ psaId: null, name });
const ACTIVE = { psaId: '1', name: 'Active' };
const device = (type: PsaRecord['fields'][string]) => ({
  organization: '0',
  name: 'ENGINE-01',
  type: type!,
  status: ACTIVE,
});

const phone = (value: string, type: string | null, primary = false): Phone => ({
  value,
  type,
  primary,
  extension: null,
});

async function newContact(psa: Simulated): Promise<PsaRecord> {
  return psa.create('contact', { organization: '0', firstName: 'Ada', lastName: 'Byron' });
}

describe('a new company', () => {
  it('has the chosen owner and phone, and a primary location of its own', async () => {
    const psa = await simulatedAutotask({ settings: { billToBug: true } });
    const set = { name: 'Engines', type: { psaId: '1', name: 'Customer' }, status: ACTIVE };
    const made = await psa.create('organization', set, { ...CHOICES, newCompanyPhone: '555' });
    expect(psa.row('Companies', made.psaId)).toMatchObject({ ownerResourceID: 29682885, phone: '555', isActive: true });
    expect(made.fields['primaryLocation']).toMatch(/^\d+$/u);
  });

  it('is not even asked for without an owner: the setting is named', async () => {
    const { connection } = await simulatedAutotask();
    const set = { name: 'Engines', type: { psaId: '1', name: 'Customer' }, status: ACTIVE };
    const problems = connection.writer!.problems({ kind: 'organization', set, current: null, settings: {} });
    expect(problems).toMatchObject([{ field: null, code: 'missing_fields' }]);
    expect(problems[0]?.message).toContain('push.accountManager');
  });

  it('is not sent for an owner that nobody is: what was chosen is called wrong, not missing', async () => {
    const { connection } = await simulatedAutotask();
    const set = { name: 'Engines', type: { psaId: '1', name: 'Customer' }, status: ACTIVE };
    const settings = { accountManager: 'Nobody' };
    const [problem, ...more] = connection.writer!.problems({ kind: 'organization', set, current: null, settings });
    expect([problem, more]).toMatchObject([{ field: null, code: 'missing_fields' }, []]);
    expect(problem?.message).toContain('does not have what is chosen');
    expect(problem?.message).toContain('psa-sync settings choices push.accountManager');
  });

  it('can be owned by people who work there, and by no user of the API', async () => {
    const { connection, rows } = await simulatedAutotask();
    const people = rows('Resources').filter((row) => row['isActive'] === true && row['licenseType'] !== 7);
    const offered = await connection.writer!.pushChoices('accountManager');
    expect(offered.map(({ value }) => value)).toEqual(people.map(({ id }) => String(id)));
  });
});

describe('rights to write', () => {
  it('that the security level lacks are named, with what to do; nothing is written to find out', async () => {
    const { connection, admin } = await simulatedAutotask();
    expect(await connection.writer!.missingRights!()).toEqual([]);
    admin.settings({ securityLevel: { Contacts: ['query', 'create'], ConfigurationItems: ['query'] } });
    const problems = await connection.writer!.missingRights!();
    expect(problems.map(({ what }) => what)).toEqual([
      'The API user may not change contacts, which two-way sync does',
      'The API user may not make or change configuration items, which two-way sync does',
    ]);
    for (const { fix } of problems) expect(fix).toContain('Add, Edit');
    expect(admin.requests().requests.filter(({ method }) => method === 'PATCH')).toEqual([]);
  });
});

describe('a primary location', () => {
  it('is another one once the company says so', async () => {
    const psa = await simulatedAutotask();
    const second = await psa.create('location', { organization: '0', name: 'HQ', phone: '555' });
    const company = (await psa.read('organization')).find(({ psaId }) => psaId === '0')!;
    const changed = await psa.update(company, { primaryLocation: second.psaId });
    expect(changed.fields['primaryLocation']).toBe(second.psaId);
    const primary = psa.rows('CompanyLocations').filter((row) => row['companyID'] === 0 && row['isPrimary'] === true);
    expect(primary.map(({ id }) => String(id))).toEqual([second.psaId]);
  });
});

describe('a device', () => {
  const first = async (psa: Simulated) =>
    (await psa.read('configuration')).find(({ fields }) => fields['type'] !== null)!;

  it('takes the product of its manufacturer and model, which is not made twice', async () => {
    const psa = await simulatedAutotask();
    const type = (await first(psa)).fields['type']!;
    const product = psa.rows('Products').find((row) => row['manufacturerName'] && row['manufacturerProductName'])!;
    const before = psa.rows('Products').length;
    const set = {
      ...device(type),
      manufacturer: lookup(String(product['manufacturerName'])),
      model: lookup(String(product['manufacturerProductName'])),
    };
    const made = await psa.create('configuration', set);
    expect(psa.row('ConfigurationItems', made.psaId)['productID']).toBe(product.id);
    expect(psa.rows('Products')).toHaveLength(before);
  });

  it('has a product made for a model that is new, where a billing code is chosen; else the model is refused by name', async () => {
    const psa = await simulatedAutotask();
    const set = {
      ...device((await first(psa)).fields['type']!),
      manufacturer: lookup('Babbage'),
      model: lookup('Engine 2'),
    };
    await expect(psa.create('configuration', set, {})).rejects.toMatchObject({
      code: 'refused',
      details: [{ field: 'model' }],
    });
    const made = await psa.create('configuration', set);
    expect(made.fields).toMatchObject({ manufacturer: lookup('Babbage'), model: lookup('Engine 2') });
    const products = psa.rows('Products').filter((row) => row['manufacturerName'] === 'Babbage');
    expect(products).toMatchObject([{ name: 'Babbage Engine 2', productBillingCodeID: 29682801 }]);
  });

  it('whose product may have been made is not said to be made itself, and the next try makes one of each', async () => {
    const psa = await simulatedAutotask();
    const set = {
      ...device((await first(psa)).fields['type']!),
      manufacturer: lookup('Babbage'),
      model: lookup('Engine 2'),
    };
    psa.admin.addFaults([{ kind: 'lost-answer', method: 'POST', path: '^/Products$', count: 1 }]);
    await expect(psa.create('configuration', set)).rejects.toMatchObject({ retry: 'backoff', mayHaveHappened: false });
    await psa.create('configuration', set);
    expect(psa.rows('Products').filter((row) => row['manufacturerName'] === 'Babbage')).toHaveLength(1);
    expect(psa.rows('ConfigurationItems').filter((row) => row['referenceTitle'] === 'ENGINE-01')).toHaveLength(1);
  });

  it('without a title is called like its product', async () => {
    const psa = await simulatedAutotask();
    const untitled = psa.rows('ConfigurationItems').find((row) => row['referenceTitle'] === null)!;
    const product = psa.row('Products', String(untitled['productID']));
    const record = (await psa.read('configuration')).find(({ psaId }) => psaId === String(untitled.id));
    expect(record?.fields['name']).toBe(product['name']);
  });
});

describe('numbers of a contact', () => {
  it('go where their type says; others take what is free, beginning with the chosen type', async () => {
    const psa = await simulatedAutotask();
    const contact = await newContact(psa);
    const phones = [phone('1', 'Home'), phone('2', 'Mobile'), phone('3', 'Main fax')];
    const changed = await psa.update(contact, { phones }, { ...CHOICES, contactPhoneType: 'Alternate' });
    const { phone: work, mobilePhone, alternatePhone, faxNumber } = psa.row('Contacts', contact.psaId);
    expect([work, mobilePhone, alternatePhone, faxNumber]).toEqual([null, '2', '1', '3']);
    expect(changed.fields['phones']).toEqual([phone('2', 'Mobile', true), phone('1', 'Alternate'), phone('3', 'Fax')]);
  });

  it('that are more than Autotask keeps, or too long, are a problem by name and nothing is cut', async () => {
    const psa = await simulatedAutotask();
    const contact = await newContact(psa);
    const problem = (phones: Phone[]) =>
      psa.connection.writer!.problems({ kind: 'contact', set: { phones }, current: contact, settings: {} });
    const five = ['1', '2', '3', '4'].map((value) => phone(value, null));
    expect(problem(five)).toMatchObject([{ field: 'phones', code: 'not_writable' }]);
    expect(problem([phone('5'.repeat(26), 'Mobile')])[0]?.message).toContain('Mobile takes 25 characters');
    expect(problem([phone('5', 'Mobile')])).toEqual([]);
  });
});
