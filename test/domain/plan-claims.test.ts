import { describe, expect, it } from 'vitest';
import { planPage } from '../../domain/plan.ts';
import { contactItem, contactRecord, linkTo, page, planItem, planRecord } from './samples.ts';

const ann = (psaId: string) => contactItem(psaId, 'Ann', 'Lee');
const site = (psaId: string) =>
  planItem('location', { psaId, fields: { organization: '100', name: 'Main' }, organizationId: '100' });

describe('rule 5: several PSA records claim one record', () => {
  it('the lowest PSA id gets it, by number', () => {
    const actions = planPage(page({ items: [ann('9'), ann('10')], records: [contactRecord('70', 'Ann', 'Lee')] }));
    expect(actions).toMatchObject([
      { type: 'link', recordId: '70' },
      { type: 'review', reason: 'name_taken', candidateIds: ['70'] },
    ]);
  });

  it('the others are created where they are no contacts', () => {
    const records = [planRecord('70', { organization: '100', name: 'Main' })];
    const actions = planPage(page({ kind: 'location', items: [site('9'), site('10')], records }));
    expect(actions).toMatchObject([{ type: 'link', recordId: '70', rule: 'address' }, { type: 'create' }]);
  });

  it('several records are claimed by nobody', () => {
    const records = [contactRecord('70', 'Ann', 'Lee'), contactRecord('71', 'Ann', 'Lee')];
    const review = { type: 'review', reason: 'several_candidates', candidateIds: ['70', '71'] };
    expect(planPage(page({ items: [ann('9'), ann('10')], records }))).toMatchObject([review, review]);
  });
});

describe('rule 5: no second contact of a name in an organization', () => {
  it('of two new ones the first is created, the second waits', () => {
    expect(planPage(page({ items: [ann('9'), ann('10')] }))).toMatchObject([
      { type: 'create' },
      { type: 'review', reason: 'name_taken', candidateIds: [] },
    ]);
  });

  it('two organizations may have one each', () => {
    const items = [ann('9'), contactItem('10', 'Ann', 'Lee', '200')];
    expect(planPage(page({ items }))).toMatchObject([{ type: 'create' }, { type: 'create' }]);
  });

  it.each([
    ['is linked to another PSA record', { linkedTo: '3' }],
    ['was made after the run began', { olderThanRun: false }],
  ])('it waits when the one of its name %s', (_, over) => {
    const records = [contactRecord('70', 'Ann', 'Lee', over)];
    expect(planPage(page({ items: [ann('9')], records }))).toMatchObject([
      { type: 'review', reason: 'name_taken', candidateIds: ['70'] },
    ]);
  });

  it('everything else is created then', () => {
    const records = [planRecord('70', { organization: '100', name: 'Main' }, { linkedTo: '3' })];
    expect(planPage(page({ kind: 'location', items: [site('9')], records }))).toMatchObject([{ type: 'create' }]);
  });

  it('a contact that gets the name in the same page holds it, and its old name is free', () => {
    const renamed = contactItem('20', 'Ann', 'Lee');
    const link = linkTo(contactItem('20', 'Ann', 'Miller'), '70');
    const records = [contactRecord('70', 'Ann', 'Miller', { linkedTo: '20' })];
    const items = [ann('9'), contactItem('10', 'Ann', 'Miller'), renamed];
    expect(planPage(page({ items, links: [link], records }))).toMatchObject([
      { type: 'review', reason: 'name_taken', candidateIds: ['70'] },
      { type: 'create' },
      { type: 'update' },
    ]);
  });
});

describe('rule 5: orphans', () => {
  const orphan = (psaId: string) => linkTo(ann(psaId), '70', { state: 'orphaned' });

  it('a company deleted and made anew in the PSA finds its record', () => {
    const item = planItem('organization', { psaId: '12', fields: { name: 'Acme' } });
    const records = [planRecord('70', { name: 'Acme' })];
    expect(planPage(page({ kind: 'organization', items: [item], records }))).toMatchObject([
      { type: 'link', recordId: '70', rule: 'name' },
    ]);
  });

  it('one that comes back has its record before any newcomer, whatever their ids', () => {
    const records = [contactRecord('70', 'Ann', 'Lee')];
    expect(planPage(page({ items: [ann('3'), ann('5')], links: [orphan('5')], records }))).toMatchObject([
      { type: 'review', reason: 'name_taken' },
      { type: 'update', recordId: '70', revived: true },
    ]);
  });

  it('of two that come back for one record the lowest PSA id gets it', () => {
    const records = [contactRecord('70', 'Ann', 'Lee')];
    expect(planPage(page({ items: [ann('5'), ann('6')], links: [orphan('5'), orphan('6')], records }))).toMatchObject([
      { type: 'update', recordId: '70', revived: true },
      { type: 'review', reason: 'name_taken', candidateIds: ['70'] },
    ]);
  });

  it('one whose record belongs to another PSA record by now is planned like a new one', () => {
    const records = [contactRecord('70', 'Ann', 'Lee', { linkedTo: '12' })];
    expect(planPage(page({ items: [ann('5')], links: [orphan('5')], records }))).toMatchObject([{ type: 'review' }]);
  });
});
