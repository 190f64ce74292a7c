import fc from 'fast-check';
import { KINDS, type Kind } from '../../domain/kinds.ts';
import type { List } from './story-world.ts';

/** What happens in a story. */
export type Event =
  /** Somebody here saves a text, or somebody at the PSA; a push begins with a save, or by itself. */
  | { readonly do: 'ours' | 'theirs' | 'push'; readonly kind: Kind; readonly second: boolean }
  /** The same with lists of a contact: an entry more, one for another, or (here only) that one alone. */
  | { readonly do: 'our list' | 'their list'; readonly list: List; readonly how: 'add' | 'change' | 'only' }
  | { readonly do: PlainName }
  | { readonly do: 'step' | 'end' | 'kill' | 'late' | 'break'; readonly who: number };

type PlainName = 'push lists' | 'make' | 'edit made' | 'their new' | 'their delete' | 'their move' | 'two-way' | 'sync';

const kind = fc.constantFrom(...KINDS);
const second = fc.boolean();
const list = fc.constantFrom<List>('phones', 'phones', 'emails');
const how = fc.constantFrom('add' as const, 'change' as const, 'only' as const);
const who = fc.nat(5);
const plain = (weight: number, ...names: readonly PlainName[]) => ({
  weight,
  arbitrary: fc.record({ do: fc.constantFrom(...names) }),
});
const event: fc.Arbitrary<Event> = fc.oneof(
  { weight: 5, arbitrary: fc.record({ do: fc.constant('ours' as const), kind, second }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constantFrom('theirs' as const, 'push' as const), kind, second }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('our list' as const), list, how }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('their list' as const), list, how }) },
  plain(2, 'push lists', 'make', 'edit made'),
  plain(3, 'their new', 'their delete', 'their move', 'two-way', 'two-way'),
  plain(3, 'sync'),
  { weight: 12, arbitrary: fc.record({ do: fc.constantFrom('step' as const, 'step' as const, 'end' as const), who }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constantFrom('kill' as const, 'late' as const, 'break' as const), who }) },
);

/** A story that is about few records has more to tell of each. */
export const story: fc.Arbitrary<readonly Event[]> = fc
  .tuple(
    fc.constantFrom<Kind | 'lists' | 'all'>('all', 'lists', ...KINDS),
    fc.array(event, { minLength: 8, maxLength: 45, size: 'max' }),
  )
  .map(([about, events]) => (about === 'all' ? events : events.map((one) => aboutOne(one, about))));

function aboutOne(one: Event, about: Kind | 'lists'): Event {
  if (!('kind' in one)) return one;
  if (about !== 'lists') return { ...one, kind: about };
  if (one.do === 'push') return { do: 'push lists' };
  return { do: one.do === 'ours' ? 'our list' : 'their list', list: 'phones', how: one.second ? 'add' : 'change' };
}

const ours = { do: 'ours', kind: 'contact', second: false } as const;
const theirs = { do: 'theirs', kind: 'contact', second: false } as const;
const twoWay = { do: 'two-way' } as const;
const sync = { do: 'sync' } as const;
const step = { do: 'step', who: 0 } as const;
const end = { do: 'end', who: 0 } as const;

const HALF_WRITTEN: readonly Event[] = [
  { do: 'our list', list: 'phones', how: 'only' },
  ...Array.from({ length: 8 }, () => step),
  { do: 'break', who: 0 },
];

/** Told every time: stories that once went wrong, or that only luck would tell. */
export const REMEMBERED: readonly (readonly Event[])[] = [
  // Of two reads, the one that began later saw less: the other was held up before it went out.
  [ours, { ...ours, do: 'push' }, { do: 'step', who: 1 }, theirs, end, end],
  // Two attempts to make one record, of which the second looks when the first has made it already.
  [{ do: 'make' }, { do: 'edit made' }, end, end],
  // Somebody at the PSA writes between our write and the look at what became of it, and somebody here edits once more.
  [ours, step, step, step, step, step, theirs, ours, end, end],
  // Switched off while an edit is on its way: the next sync takes it, and what is saved after that is refused.
  [ours, { do: 'kill', who: 0 }, twoWay, ours, sync, end, ours, twoWay, ours, end],
  // A sync that began before the switch goes by what it froze; a push that had begun goes on.
  [sync, step, ours, step, twoWay, { do: 'end', who: 1 }, end, sync, end],
  // The contact moves to another organization between our write and the look at what became of it.
  [
    sync,
    step,
    ours,
    { do: 'step', who: 1 },
    { do: 'their move' },
    { do: 'end', who: 1 },
    end,
    { do: 'their move' },
    sync,
  ],
  // A list that was written half, since the line breaks between its entries: that is no move of the PSA.
  [...HALF_WRITTEN],
  // The same, and somebody at the PSA writes into it.
  [...HALF_WRITTEN, { do: 'their list', list: 'phones', how: 'add' }, sync, end],
];
