import { describe, expect, it } from 'vitest';
import { TRANSFORMS } from '../../../psa/connectwise/transforms.ts';

describe('a MAC address', () => {
  it.each([
    ['00:1A:2B:3C:4D:5E', '00:1A:2B:3C:4D:5E'],
    ['00-1a-2b-3c-4d-5e', '00-1a-2b-3c-4d-5e'],
    ['001a.2b3c.4d5e', '001a.2b3c.4d5e'],
    ['001A2B3C4D5E', '001A2B3C4D5E'],
    [' 00:1A:2B:3C:4D:5E ', '00:1A:2B:3C:4D:5E'],
    ['00:1A:2B:3C:4D:5E, 00:1A', null], // cut by ConnectWise's 25 characters
    ['00:1A:2B:3C:4D:5E00:1A:2B', null],
    ['00:1A:2B:3C:4D', null],
    ['fe80::1', null],
    ['unknown', null],
    ['', null],
  ])('%j is taken as %j', (text, expected) => {
    expect(TRANSFORMS.singleMac.toOurs(text)).toBe(expected);
  });
});

describe('the phones and e-mails of a contact', () => {
  const item = (
    id: number,
    communicationType: string | null,
    value: string | null,
    defaultFlag: boolean | null = false,
  ) => ({
    id,
    type: { id, name: `Type ${id}` },
    value,
    communicationType,
    defaultFlag,
  });
  const primaries = (entries: unknown) =>
    (entries as { value: string; primary: boolean }[]).filter(({ primary }) => primary).map(({ value }) => value);

  it('have one primary e-mail and one primary phone, each by its own default', () => {
    const items = [item(1, 'Email', 'a@x.com'), item(2, 'Email', 'b@x.com', true), item(3, 'Phone', '1', true)];
    expect(primaries(TRANSFORMS.emails.toOurs(items))).toEqual(['b@x.com']);
    expect(primaries(TRANSFORMS.phones.toOurs(items))).toEqual(['1']);
  });

  it('have no primary phone when only a fax is the default', () => {
    expect(primaries(TRANSFORMS.phones.toOurs([item(1, 'Fax', '1', true), item(2, 'Phone', '2')]))).toEqual([]);
  });

  it('have one primary even where ConnectWise says two', () => {
    expect(primaries(TRANSFORMS.phones.toOurs([item(1, 'Phone', '1', true), item(2, 'Phone', '2', true)]))).toEqual([
      '1',
    ]);
  });

  it('are the same in whatever order the items come', () => {
    const items = [item(1, 'Phone', '1'), item(2, 'Fax', '2'), item(3, 'Phone', '3', true)];
    expect(TRANSFORMS.phones.toOurs(items.toReversed())).toEqual(TRANSFORMS.phones.toOurs(items));
  });

  it('leave out items without a value', () => {
    expect(TRANSFORMS.phones.toOurs([item(1, 'Phone', ' '), item(2, 'Phone', null)])).toEqual([]);
  });

  it('are told apart by the @ where ConnectWise does not say what an item is', () => {
    const items = [item(1, null, 'a@x.com'), item(2, null, '555')];
    expect(TRANSFORMS.emails.toOurs(items)).toMatchObject([{ value: 'a@x.com' }]);
    expect(TRANSFORMS.phones.toOurs(items)).toMatchObject([{ value: '555' }]);
  });

  it('have no label where the type is unset', () => {
    expect(TRANSFORMS.emails.toOurs([{ ...item(1, 'Email', 'a@x.com'), type: {} }])).toMatchObject([{ type: null }]);
  });
});

describe('a row of a list', () => {
  it('without an id is unset; without a name it is called by its id', () => {
    expect(TRANSFORMS.lookup.toOurs({ name: 'Dell' })).toBeNull();
    expect(TRANSFORMS.lookup.toOurs({ id: 4 })).toEqual({ psaId: '4', name: '4' });
  });
});
