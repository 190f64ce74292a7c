import { z } from 'zod';
import { RECORD_NAMES_KEPT_MS } from './assumptions.ts';
import type { AutotaskClient } from './client.ts';
import { ENTITIES } from './entities.ts';
import { createKnownRows, type KnownRowsOptions } from './known-rows.ts';

interface Product {
  readonly name?: string | null | undefined;
  readonly manufacturerName?: string | null | undefined;
  readonly manufacturerProductName?: string | null | undefined;
}

/** What devices name by number; only what is not known yet is asked for. */
export interface Names {
  products(ids: readonly string[], signal?: AbortSignal): Promise<ReadonlyMap<string, Product>>;
  /** Full names of resources. */
  people(ids: readonly string[], signal?: AbortSignal): Promise<ReadonlyMap<string, string>>;
  /** Forgets all: due for pages whenever another run begins to read. */
  forget(): void;
}

/** How names are asked for, and how long they are kept. */
export type NamesPolicy = Pick<KnownRowsOptions<unknown>, 'withNeighbours' | 'keptMs'>;

/** For pages: kept for the whole run, so that names don't change in the middle of it. */
export const FOR_PAGES: NamesPolicy = { withNeighbours: true, keptMs: Infinity };

/** For single records: a push reads its record twice, and others follow it. */
export const FOR_RECORDS: NamesPolicy = { withNeighbours: false, keptMs: RECORD_NAMES_KEPT_MS };

const text = z.string().nullish();
const productRow = z.object({ name: text, manufacturerName: text, manufacturerProductName: text });
const personRow = z.object({ firstName: text, lastName: text });

export function createNames(client: AutotaskClient, policy: NamesPolicy): Names {
  const products = createKnownRows<Product>({
    ...{ client, ...policy, entity: ENTITIES.products, fields: Object.keys(productRow.shape) },
    read: (row) => productRow.safeParse(row).data ?? {},
  });
  const people = createKnownRows({
    ...{ client, ...policy, entity: ENTITIES.resources, fields: Object.keys(personRow.shape) },
    read(row) {
      const { firstName, lastName } = personRow.safeParse(row).data ?? {};
      return [firstName, lastName].filter(Boolean).join(' ');
    },
  });
  return {
    products: products.among,
    people: people.among,
    forget() {
      products.forget();
      people.forget();
    },
  };
}
