import { wordsOf, type Texts } from './story-model.ts';
import { type List, LISTS, type Pair, type World } from './story-world.ts';

interface Item {
  readonly id: number;
  readonly contactId?: number;
  readonly value?: string;
  readonly type?: { readonly name?: string };
  readonly communicationType?: string;
  readonly defaultFlag?: boolean;
}

/** The lists of a contact as the PSA holds them. */
export function listsIn(world: World, { psaId }: Pair): Texts {
  return { phones: wordsOf(entriesIn(world, psaId, 'phones')), emails: wordsOf(entriesIn(world, psaId, 'emails')) };
}

const entriesIn = (world: World, psaId: number, list: List) =>
  itemsOf(world, psaId, list).map(({ value = '', type, defaultFlag }) => ({
    ...{ value, type: type?.name ?? null, primary: defaultFlag === true },
  }));

/** In the order of ids. */
function itemsOf({ simulator }: World, psaId: number, list: List): Item[] {
  const all = [...(simulator.admin.state('communications') as Iterable<Item>)];
  return all
    .filter((item) => item.contactId === psaId && item.communicationType === LISTS[list].communicationType)
    .sort((a, b) => a.id - b.id);
}

/** Somebody at the PSA adds an entry, or writes another value into the oldest one. */
export function writeEntry(world: World, { psaId }: Pair, list: List, value: string, how: 'add' | 'change'): void {
  const [oldest] = itemsOf(world, psaId, list);
  const row =
    how === 'change' && oldest
      ? { id: oldest.id, value }
      : { contactId: psaId, value, defaultFlag: !oldest, ...LISTS[list] };
  world.simulator.admin.putRows('communications', [row]);
}
