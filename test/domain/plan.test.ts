import { describe, expect, it } from 'vitest';
import { planPage } from '../../domain/plan.ts';
import type { PlanLink, PlanRecord } from '../../domain/plan-types.ts';
import { contactItem, contactRecord, linkTo, page, planItem, planRecord } from './samples.ts';

const ann = contactItem('5', 'Ann', 'Lee');
const linkedAnn = (link: Partial<PlanLink> = {}, record: Partial<PlanRecord> = {}) => ({
  items: [ann],
  links: [linkTo(ann, '10', link)],
  records: [contactRecord('10', 'Ann', 'Lee', { linkedTo: '5', ...record })],
});

describe('rule 2: a PSA record with a link', () => {
  it('whose record already has its values changes nothing', () => {
    const [action] = planPage(page(linkedAnn()));
    expect(action).toEqual({ type: 'unchanged', item: ann, recordId: '10', refresh: false, settled: [] });
  });

  it.each<[string, Partial<PlanLink>]>([
    ['hash', { hash: 'other' }],
    ['drift mark', { drifted: true }],
    ['base', { base: null }],
    ['open references', { open: [{ field: 'location', target: 'location', psaId: '3' }] }],
  ])('refreshes its link when only the %s is behind', (_, link) => {
    expect(planPage(page(linkedAnn(link)))).toMatchObject([{ type: 'unchanged', refresh: true }]);
  });

  it('updates its record, whatever that is called by now', () => {
    const input = linkedAnn({ drifted: true }, { values: { organization: '100', firstName: 'X', lastName: 'Lee' } });
    const merged = {
      set: { firstName: 'Ann' },
      conflicts: [{ field: 'firstName', local: 'X', psa: 'Ann' }],
      settled: [],
    };
    expect(planPage(page(input))).toEqual([{ type: 'update', item: ann, recordId: '10', revived: false, merged }]);
  });

  it('stays in step with contacts sync off', () => {
    const input = linkedAnn({ hash: 'other' }, { values: { organization: '100', firstName: 'X', lastName: 'Lee' } });
    expect(planPage(page({ ...input, settings: { contactsSync: false } }))).toMatchObject([{ type: 'update' }]);
  });

  it.each([
    ['disabled', 'link_disabled'],
    ['disconnected', 'link_disconnected'],
  ] as const)('stays outside when the link is %s', (state, reason) => {
    expect(planPage(page(linkedAnn({ state })))).toEqual([{ type: 'outside', item: ann, reason }]);
  });

  it('revives an orphan, and a pending edit of that time falls', () => {
    const values = { organization: '100', firstName: 'Mine', lastName: 'Lee' };
    const input = linkedAnn({ state: 'orphaned', drifted: true }, { linkedTo: null, values, pending: ['firstName'] });
    const [action] = planPage(page({ ...input, settings: { twoWay: true } }));
    expect(action).toMatchObject({
      type: 'update',
      revived: true,
      merged: { set: { firstName: 'Ann' }, settled: ['firstName'] },
    });
  });
});

describe('rule 2: a PSA record without a link', () => {
  it('that matches is linked, and its values win', () => {
    const records = [contactRecord('10', 'ANN', 'Lee')];
    const conflicts = [{ field: 'firstName', local: 'ANN', psa: 'Ann' }];
    const merged = { set: { firstName: 'Ann' }, conflicts, settled: [] };
    const link = { type: 'link', item: ann, recordId: '10', rule: 'full_name', merged };
    expect(planPage(page({ items: [ann], records }))).toEqual([link]);
  });

  it('that matches a record with a pending edit overrules it, also with two-way on', () => {
    const records = [contactRecord('10', 'ANN', 'Lee', { pending: ['firstName'] })];
    const input = page({ items: [ann], records, settings: { twoWay: true } });
    expect(planPage(input)).toMatchObject([
      { type: 'link', merged: { set: { firstName: 'Ann' }, settled: ['firstName'] } },
    ]);
  });

  it('that matches nothing is created', () => {
    expect(planPage(page({ items: [ann], records: [contactRecord('10', 'Bob', 'Lee')] }))).toEqual([
      { type: 'create', item: ann },
    ]);
  });

  it('is not matched in another organization', () => {
    const elsewhere = planRecord('10', { organization: '200', firstName: 'Ann', lastName: 'Lee' });
    expect(planPage(page({ items: [ann], records: [elsewhere] }))).toMatchObject([{ type: 'create' }]);
  });

  it('that has no name is created, and never matched', () => {
    const nameless = [contactItem('5', '', ''), contactItem('6', '', '')];
    const records = [contactRecord('10', '', '')];
    expect(planPage(page({ items: nameless, records }))).toMatchObject([{ type: 'create' }, { type: 'create' }]);
  });

  it('rule 1: stays outside with contacts sync off, also where it would match', () => {
    const input = page({
      items: [ann],
      records: [contactRecord('10', 'Ann', 'Lee')],
      settings: { contactsSync: false },
    });
    expect(planPage(input)).toEqual([{ type: 'outside', item: ann, reason: 'contacts_off' }]);
  });

  it('rule 1: the contacts switch is for contacts', () => {
    const item = planItem('location', {
      psaId: '5',
      fields: { organization: '100', name: 'Main' },
      organizationId: '100',
    });
    const input = page({ kind: 'location', items: [item], settings: { contactsSync: false } });
    expect(planPage(input)).toMatchObject([{ type: 'create' }]);
  });
});

describe('the caller of a plan hears of its own mistakes', () => {
  it('items that do not ascend', () => {
    const items = [contactItem('10', 'Ann', 'Lee'), contactItem('9', 'Bob', 'Lee')];
    expect(() => planPage(page({ items }))).toThrow('Cannot plan PSA record 9 after 10');
  });

  it('an item given twice', () => {
    expect(() => planPage(page({ items: [ann, ann] }))).toThrow('keep one of each');
  });

  it('a link without its record', () => {
    expect(() => planPage(page({ items: [ann], links: [linkTo(ann, '10')] }))).toThrow('record 10 was not read');
  });
});
