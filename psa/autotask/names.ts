import { z } from 'zod';
import type { AutotaskClient, Choice } from './client.ts';
import { NAMES_KEPT_MS } from './assumptions.ts';
import { ENTITIES } from './entities.ts';
import { anyId } from './ids.ts';

export interface Product {
  readonly name?: string | null | undefined;
  readonly manufacturerName?: string | null | undefined;
  readonly manufacturerProductName?: string | null | undefined;
}

export interface Country {
  readonly id: string;
  readonly code: string | null;
  readonly name: string | null;
}

/** What rows name by number, kept for some minutes; only what is not known yet is asked for. */
export interface Names {
  products(ids: readonly string[], signal?: AbortSignal): Promise<ReadonlyMap<string, Product>>;
  /** Full names of resources. */
  people(ids: readonly string[], signal?: AbortSignal): Promise<ReadonlyMap<string, string>>;
  countries(signal?: AbortSignal): Promise<readonly Country[]>;
  companyTypes(signal?: AbortSignal): Promise<readonly Choice[]>;
  deviceTypes(signal?: AbortSignal): Promise<readonly Choice[]>;
  /** Forgets all, so that the next question is put to Autotask. */
  forget(): void;
}

const text = z.string().nullish();
const productRow = z.object({ name: text, manufacturerName: text, manufacturerProductName: text });
const personRow = z.object({ firstName: text, lastName: text });
const countryRow = z.object({ countryCode: text, displayName: text, name: text });

export function createNames(client: AutotaskClient, now: () => number = () => performance.now()): Names {
  let products = new Map<string, Product>();
  let people = new Map<string, string>();
  let lists = new Map<string, unknown>();
  let since = now();

  function forget(): void {
    products = new Map();
    people = new Map();
    lists = new Map();
    since = now();
  }

  function refresh(): void {
    if (now() - since >= NAMES_KEPT_MS) forget();
  }

  async function listed<T>(key: string, ask: () => Promise<T>): Promise<T> {
    refresh();
    if (!lists.has(key)) lists.set(key, await ask());
    return lists.get(key) as T;
  }

  const choices = (field: string, entity: (typeof ENTITIES)[keyof typeof ENTITIES], signal?: AbortSignal) =>
    listed(field, async () => (await client.picklists(entity, signal)).get(field) ?? []);

  return {
    forget,
    async products(ids, signal) {
      refresh();
      const unknown = ids.filter((id) => !products.has(id));
      const fields = Object.keys(productRow.shape);
      const request = { entity: ENTITIES.products, fields, scope: 'page', signal } as const;
      for (const row of await client.queryAmong(request, 'id', unknown)) {
        const { data } = productRow.safeParse(row);
        if (data) products.set(anyId(row) ?? '', data);
      }
      return products;
    },
    async people(ids, signal) {
      refresh();
      const unknown = ids.filter((id) => !people.has(id));
      const request = {
        entity: ENTITIES.resources,
        fields: Object.keys(personRow.shape),
        scope: 'page',
        signal,
      } as const;
      for (const row of await client.queryAmong(request, 'id', unknown)) {
        const { firstName, lastName } = personRow.safeParse(row).data ?? {};
        people.set(anyId(row) ?? '', [firstName, lastName].filter(Boolean).join(' '));
      }
      return people;
    },
    countries: (signal) =>
      listed('countries', async () => {
        const fields = Object.keys(countryRow.shape);
        const rows = await client.queryAll({ entity: ENTITIES.countries, fields, scope: 'page', signal });
        return rows.flatMap((row): Country[] => {
          const { countryCode = null, displayName, name } = countryRow.safeParse(row).data ?? {};
          const id = anyId(row);
          return id === null ? [] : [{ id, code: countryCode, name: displayName || name || null }];
        });
      }),
    companyTypes: (signal) => choices('companyType', ENTITIES.companies, signal),
    deviceTypes: (signal) => choices('configurationItemType', ENTITIES.configurationItems, signal),
  };
}
