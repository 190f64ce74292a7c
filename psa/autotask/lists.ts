import { z } from 'zod';
import { LIST_ASKED_AGAIN_MS, LISTS_KEPT_MS } from './assumptions.ts';
import type { AutotaskClient, Choice } from './client.ts';
import { ENTITIES, type Entity } from './entities.ts';
import { anyId } from './ids.ts';

export interface Country {
  readonly id: string;
  readonly code: string | null;
  readonly name: string | null;
}

/** Short lists that are read as a whole and kept for some minutes. One of types that lacks any of `ids` is asked for anew. */
export interface Lists {
  countries(signal?: AbortSignal): Promise<readonly Country[]>;
  companyTypes(ids: readonly string[], signal?: AbortSignal): Promise<readonly Choice[]>;
  deviceTypes(ids: readonly string[], signal?: AbortSignal): Promise<readonly Choice[]>;
  /** Forgets all, so that the next question is put to Autotask. */
  forget(): void;
}

interface Kept {
  readonly list: unknown;
  readonly since: number;
}

const text = z.string().nullish();
const countryRow = z.object({ countryCode: text, displayName: text, name: text });

export function createLists(client: AutotaskClient, now: () => number = () => performance.now()): Lists {
  const kept = new Map<string, Kept>();

  async function listed<T>(key: string, ask: () => Promise<T>, isEnough: (list: T) => boolean): Promise<T> {
    const known = kept.get(key) as (Kept & { readonly list: T }) | undefined;
    const age = known ? now() - known.since : Infinity;
    if (known && (age < LIST_ASKED_AGAIN_MS || (age < LISTS_KEPT_MS && isEnough(known.list)))) return known.list;
    const list = await ask();
    kept.set(key, { list, since: now() });
    return list;
  }

  const choices = (field: string, entity: Entity, ids: readonly string[], signal?: AbortSignal) =>
    listed(
      field,
      async () => (await client.picklists(entity, signal)).get(field) ?? [],
      (list) => ids.every((id) => list.some((choice) => choice.id === id)),
    );

  async function countries(signal?: AbortSignal): Promise<readonly Country[]> {
    const fields = Object.keys(countryRow.shape);
    const rows = await client.queryAll({ entity: ENTITIES.countries, fields, scope: 'page', signal });
    return rows.flatMap((row): Country[] => {
      const { countryCode = null, displayName, name } = countryRow.safeParse(row).data ?? {};
      const id = anyId(row);
      return id === null ? [] : [{ id, code: countryCode, name: displayName || name || null }];
    });
  }

  return {
    // A fixed list of the vendor's: what is not in it will not be in a moment.
    countries: (signal) =>
      listed(
        'countries',
        () => countries(signal),
        () => true,
      ),
    companyTypes: (ids, signal) => choices('companyType', ENTITIES.companies, ids, signal),
    deviceTypes: (ids, signal) => choices('configurationItemType', ENTITIES.configurationItems, ids, signal),
    forget: () => kept.clear(),
  };
}
