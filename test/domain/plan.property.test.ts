import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countActions } from '../../domain/counts.ts';
import { identity } from '../../domain/match-key.ts';
import { planPage } from '../../domain/plan.ts';
import type { PlanAction, PlanInput, PlanLink } from '../../domain/plan-types.ts';
import { contactItem, linkTo, page, planRecord } from './samples.ts';

const name = fc.constantFrom('Ann', 'Bob', 'ß');
const org = fc.constantFrom('100', '200');
const person = fc.tuple(name, name, org);
const state = fc.constantFrom<PlanLink['state']>('live', 'error', 'orphaned', 'disabled', 'disconnected');

/** A page over few names, so that claims and doubles are common: PSA records, records, and links between some of both. */
const input: fc.Arbitrary<PlanInput> = fc
  .record({
    people: fc.array(person, { maxLength: 8 }),
    held: fc.array(fc.tuple(person, fc.boolean(), fc.option(state), fc.boolean()), { maxLength: 8 }),
    contactsSync: fc.boolean(),
    twoWay: fc.boolean(),
  })
  .map(({ people, held, contactsSync, twoWay }) => {
    const items = people.map(([first, last, at], i) => contactItem(String(i + 1), first, last, at));
    const links: PlanLink[] = [];
    const records = held.map(([[firstName, lastName, organization], olderThanRun, linkState, dirty], i) => {
      const id = String(70 + i);
      const item = linkState === null ? undefined : items[i];
      if (item && linkState) links.push(linkTo(item, id, { state: linkState, drifted: dirty }));
      const linkedTo = item && linkState !== 'orphaned' && linkState !== 'disconnected' ? item.psaId : null;
      const pending = dirty ? ['firstName'] : [];
      return planRecord(id, { organization, firstName, lastName }, { olderThanRun, linkedTo, pending });
    });
    return page({ items, links, records, settings: { contactsSync, twoWay } });
  });

const holds = (check: (given: PlanInput, actions: readonly PlanAction[]) => void) => {
  fc.assert(
    fc.property(input, (given) => {
      check(given, planPage(given));
    }),
    { numRuns: 1000 },
  );
};

const taken = (action: PlanAction) => ('recordId' in action ? [action.recordId] : []);
const place = (values: PlanAction['item']['local']) =>
  JSON.stringify([values['organization'], identity('contact', values)]);

describe('a plan, for any page', () => {
  it('has one action an item, in their order', () => {
    holds(({ items }, actions) => {
      expect(actions.map(({ item }) => item)).toEqual(items);
    });
  });

  it('rule 9: its counts add up', () => {
    holds((given, actions) => {
      const { read, ...others } = countActions(actions, { outside: 3, rejected: 2 });
      expect(read).toBe(given.items.length + 5);
      expect(Object.values(others).reduce((sum, count) => sum + count, 0)).toBe(read);
    });
  });

  it('rule 5: gives a record to one PSA record at most, and only one that is free or already its own', () => {
    holds(({ links, records }, actions) => {
      const ids = actions.flatMap(taken);
      expect(new Set(ids).size).toBe(ids.length);
      for (const action of actions) {
        if (action.type === 'link') expect(records.get(action.recordId)?.linkedTo).toBeNull();
        if (action.type === 'link') expect(records.get(action.recordId)?.olderThanRun).toBe(true);
        if (action.type === 'update') expect(links.get(action.item.psaId)?.recordId).toBe(action.recordId);
      }
    });
  });

  it('rule 5: makes no second contact of a name in an organization', () => {
    holds(({ records }, actions) => {
      const after = new Map([...records.values()].map((record) => [record.id, record.values]));
      for (const action of actions) {
        if ('merged' in action) after.set(action.recordId, { ...after.get(action.recordId), ...action.merged.set });
      }
      const names = new Set([...after.values()].map(place));
      for (const action of actions) {
        if (action.type !== 'create') continue;
        expect(names).not.toContain(place(action.item.local));
        names.add(place(action.item.local));
      }
    });
  });

  it('rule 1: with contacts sync off, creates and links none', () => {
    holds(({ settings }, actions) => {
      if (!settings.contactsSync) expect(actions.map(({ type }) => type)).not.toContain('create');
      if (!settings.contactsSync) expect(actions.map(({ type }) => type)).not.toContain('link');
    });
  });

  it('is the same for an item without the others, when they have other names', () => {
    holds((given, actions) => {
      const touched = (action: PlanAction) => {
        const before = given.records.get(given.links.get(action.item.psaId)?.recordId ?? '')?.values;
        const after = 'merged' in action ? { ...before, ...action.merged.set } : before;
        return [action.item.local, before, after].flatMap((values) => (values ? [place(values)] : []));
      };
      const wanted = actions.at(-1);
      if (wanted === undefined || given.links.has(wanted.item.psaId)) return;
      const related = actions.filter((action) => touched(action).includes(place(wanted.item.local)));
      const alone = planPage({ ...given, items: related.map(({ item }) => item) });
      expect(alone.at(-1)).toEqual(wanted);
    });
  });

  it('leaves what it was given as it was', () => {
    holds((given) => {
      const before = structuredClone(given);
      planPage(given);
      expect(given).toEqual(before);
    });
  });

  it('is the same however names are written', () => {
    holds((given, actions) => {
      const shout = (value: unknown) => (typeof value === 'string' ? ` ${value.toUpperCase()} ` : null);
      const records = [...given.records.values()].map((record) => {
        const { organization = null, firstName, lastName } = record.values;
        return { ...record, values: { organization, firstName: shout(firstName), lastName: shout(lastName) } };
      });
      const again = planPage({ ...given, records: new Map(records.map((record) => [record.id, record])) });
      const outcome = (action: PlanAction) => [action.type === 'unchanged' ? 'update' : action.type, taken(action)];
      expect(again.map(outcome)).toEqual(actions.map(outcome));
    });
  });
});
