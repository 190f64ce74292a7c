import { describe, expect, it } from 'vitest';
import { holdersInDoubt } from '../../domain/holders-in-doubt.ts';
import type { LinkState, PlanInput, PlanItem, PlanRecord } from '../../domain/plan-types.ts';
import { contactItem, planRecord, runSettings } from './samples.ts';

const ada = (id: string, linkedTo: string | null, over: Partial<PlanRecord> = {}): PlanRecord =>
  planRecord(id, { organization: '100', firstName: 'Ada', lastName: 'Lovelace' }, { linkedTo, ...over });

const link = (psaId: string, recordId: string, state: LinkState) =>
  [psaId, { psaId, recordId, state, base: null, hash: '', open: [], drifted: false }] as const;

function doubted(
  items: readonly PlanItem[],
  records: readonly PlanRecord[],
  over: Partial<Pick<PlanInput, 'links' | 'settings'>> = {},
): string[] {
  const byId = new Map(records.map((record) => [record.id, record]));
  return holdersInDoubt({ kind: 'contact', settings: runSettings(), links: new Map(), items, records: byId, ...over });
}

const newcomer = contactItem('9', 'ADA', 'Lovelace');

describe('the PSA is asked for', () => {
  it('the PSA record whose link holds what a newcomer fits', () => {
    expect(doubted([newcomer], [ada('1', '5')])).toEqual(['5']);
  });

  it('each of several once', () => {
    const items = [newcomer, contactItem('10', 'Ada', 'Lovelace')];
    expect(doubted(items, [ada('1', '5'), ada('2', '6')])).toEqual(['5', '6']);
  });

  it('the one that holds the record which a newcomer was tied to before, whatever it is called by now', () => {
    const items = [contactItem('9', 'Augusta', 'King')];
    expect(doubted(items, [ada('1', '5')], { links: new Map([link('9', '1', 'orphaned')]) })).toEqual(['5']);
  });
});

describe('the PSA is not asked', () => {
  it.each<readonly [string, PlanItem, PlanRecord]>([
    ['for a record that is free', newcomer, ada('1', null)],
    ['for one that the run itself has made', newcomer, ada('1', '5', { olderThanRun: false })],
    ['for another name', contactItem('9', 'Grace', 'Hopper'), ada('1', '5')],
    ['for the same name elsewhere', contactItem('9', 'Ada', 'Lovelace', '200'), ada('1', '5')],
  ])('%s', (_why, item, record) => {
    expect(doubted([item], [record])).toEqual([]);
  });

  it('for what is on the page itself', () => {
    const items = [contactItem('5', 'Ada', 'Lovelace'), newcomer];
    expect(doubted(items, [ada('1', '5')], { links: new Map([link('5', '1', 'live')]) })).toEqual([]);
  });

  it('when the newcomer has a link of its own, or is back at its free record', () => {
    expect(doubted([newcomer], [ada('1', '5'), ada('2', '9')], { links: new Map([link('9', '2', 'live')]) })).toEqual(
      [],
    );
    const back = { links: new Map([link('9', '2', 'orphaned')]) };
    expect(doubted([newcomer], [ada('1', '5'), ada('2', null)], back)).toEqual([]);
  });

  it('for contacts while contacts sync is off', () => {
    expect(doubted([newcomer], [ada('1', '5')], { settings: runSettings({ contactsSync: false }) })).toEqual([]);
  });
});
