import { describe, expect, it } from 'vitest';
import type { Writable } from '../../support/writable-connectwise.ts';
import { writableConnectWise } from '../../support/writable-connectwise.ts';

const ids = (writable: Writable) => {
  const company = writable.companies()[5]!;
  return { organization: company };
};

describe('a new contact', () => {
  it('is made in one request, with type, e-mail addresses and phones', async () => {
    const writable = await writableConnectWise();
    const { organization } = ids(writable);
    const made = await writable.create('contact', {
      organization,
      firstName: 'Zoë',
      lastName: 'O"Hara',
      title: null,
      type: { psaId: '6', name: 'VIP' },
      emails: [{ value: 'zoe@a.example', type: 'Email', primary: true }],
      phones: [
        { value: '555-0101', extension: '12', type: 'Direct', primary: false },
        { value: '555-0102', extension: null, type: 'Cell', primary: true },
      ],
    });
    expect(writable.newWrites().map(({ line }) => line)).toEqual(['POST /company/contacts']);
    expect(made).toMatchObject({
      kind: 'contact',
      fields: {
        organization,
        firstName: 'Zoë',
        lastName: 'O"Hara',
        type: { psaId: '6', name: 'VIP' },
        emails: [{ value: 'zoe@a.example', type: 'Email', primary: true }],
        phones: [
          { value: '555-0101', extension: '12', type: 'Direct', primary: false },
          { value: '555-0102', extension: null, type: 'Cell', primary: true },
        ],
      },
    });
    const found = await writable.writer.find({ kind: 'contact', fields: made.fields });
    expect(found).toEqual([made]);
  });
});

describe('an edit of a contact', () => {
  it('is one PATCH of what differs, with whole references', async () => {
    const writable = await writableConnectWise();
    const { organization } = ids(writable);
    const { psaId } = await writable.create('contact', { organization, firstName: 'Al', title: 'CEO', lastName: 'X' });
    const other = writable.companies()[6]!;
    writable.newWrites();
    const changed = await writable.update('contact', psaId, {
      organization: other,
      firstName: 'Al',
      title: null,
      lastName: 'Y',
    });
    expect(writable.newWrites()).toEqual([
      {
        line: `PATCH /company/contacts/${psaId}`,
        body: [
          { op: 'replace', path: 'company', value: { id: Number(other) } },
          { op: 'replace', path: 'lastName', value: 'Y' },
          { op: 'remove', path: 'title' },
        ],
      },
    ]);
    expect(changed.fields).toMatchObject({ organization: other, firstName: 'Al', lastName: 'Y', title: null });
  });
});

describe('an edit of a configuration', () => {
  it('is one PATCH, and its type goes to an address of its own', async () => {
    const writable = await writableConnectWise();
    const psaId = String(writable.rows('configurations')[3]!.id);
    const { fields } = await writable.read('configuration', psaId);
    writable.newWrites();
    const set = {
      name: 'New name',
      type: { psaId: '6', name: 'Firewall' },
      manufacturer: { psaId: '7', name: 'Fortinet' },
      model: { psaId: null, name: 'FG-60F' },
      purchasedAt: '2026-09-15',
      notes: 'a\nb',
      status: fields['status']!,
    };
    const changed = await writable.update('configuration', psaId, set);
    expect(changed.fields).toMatchObject(set);
    expect(writable.newWrites()).toMatchObject([
      { line: `PATCH /company/configurations/${psaId}` },
      {
        line: `PATCH /company/configurations/${psaId}/changeType`,
        body: [{ op: 'replace', path: 'type', value: { id: 6 } }],
      },
    ]);
  });
});
