import type { Kind } from '../../domain/kinds.ts';
import type { AutotaskClient, Choice } from './client.ts';
import { ENTITIES } from './entities.ts';
import { covering, is } from './filter.ts';
import { anyId } from './ids.ts';
import type { Lists } from './lists.ts';
import type { Names } from './names.ts';
import { EMAIL_SLOTS, PHONE_SLOTS, type Slot } from './slots.ts';

type Row = Readonly<Record<string, unknown>>;

/** Puts beside the numbers in rows what they name, so that a row can be read by the mapping alone. */
export type CompleteRows = (kind: Kind, rows: readonly unknown[], signal?: AbortSignal) => Promise<readonly unknown[]>;

export function createCompleteRows(client: AutotaskClient, lists: Lists, names: Names): CompleteRows {
  async function companies(rows: readonly unknown[], signal?: AbortSignal): Promise<unknown[]> {
    const types = await lists.companyTypes(idsIn(rows, 'companyType'), signal);
    const primary = await primaryLocations(
      client,
      rows.map(anyId).filter((id) => id !== null),
      signal,
    );
    return rows.map(
      whole((row) => ({
        ...row,
        companyType: chosen(row['companyType'], types),
        primaryLocation: primary.get(anyId(row) ?? '') ?? null,
      })),
    );
  }

  async function locations(rows: readonly unknown[], signal?: AbortSignal): Promise<unknown[]> {
    const countries = await lists.countries(signal);
    return rows.map(
      whole((row) => {
        const country = countries.find(({ id }) => id === String(row['countryID']));
        return { ...row, countryID: isId(row['countryID']) ? { name: country?.name ?? null } : row['countryID'] };
      }),
    );
  }

  async function devices(rows: readonly unknown[], signal?: AbortSignal): Promise<unknown[]> {
    const types = await lists.deviceTypes(idsIn(rows, 'configurationItemType'), signal);
    const products = await names.products(idsIn(rows, 'productID'), signal);
    const people = await names.people(idsIn(rows, 'installedByID'), signal);
    return rows.map(
      whole((row) => {
        const product = products.get(String(row['productID'])) ?? {};
        const { referenceTitle, installedByID } = row;
        const isUntitled =
          referenceTitle === null || (typeof referenceTitle === 'string' && referenceTitle.trim() === '');
        return {
          ...row,
          referenceTitle: isUntitled ? product.name : referenceTitle,
          configurationItemType: chosen(row['configurationItemType'], types),
          productID: product,
          installedByID: isId(installedByID) ? { name: people.get(String(installedByID)) ?? null } : null,
        };
      }),
    );
  }

  return async (kind, rows, signal) => {
    if (rows.length === 0) return rows;
    switch (kind) {
      case 'organization':
        return companies(rows, signal);
      case 'location':
        return locations(rows, signal);
      case 'contact':
        return rows.map(
          whole((row) => ({
            ...row,
            emailAddress: fieldsOf(row, EMAIL_SLOTS),
            phone: fieldsOf(row, PHONE_SLOTS),
          })),
        );
      case 'configuration':
        return devices(rows, signal);
    }
  };
}

/** What is no object stays as it is, for the reader to reject. */
const whole =
  (complete: (row: Row) => Row) =>
  (row: unknown): unknown =>
    typeof row === 'object' && row !== null ? complete(row as Row) : row;

const isId = (value: unknown): value is number => Number.isSafeInteger(value) && Number(value) >= 0;

const idsIn = (rows: readonly unknown[], field: string): string[] =>
  rows
    .map((row) => (row as Row | null)?.[field])
    .filter(isId)
    .map(String);

/** Values of picklists are texts where the list is told, and numbers in rows. */
function chosen(value: unknown, choices: readonly Choice[]): unknown {
  if (!isId(value)) return value;
  return { id: value, name: choices.find(({ id }) => id === String(value))?.label ?? null };
}

const slotFields = (slots: readonly Slot[]): string[] =>
  slots.flatMap(({ field, extension }) => (extension === undefined ? [field] : [field, extension]));

const fieldsOf = (row: Row, slots: readonly Slot[]): Row =>
  Object.fromEntries(slotFields(slots).map((field) => [field, row[field]]));

/** Fields that are asked for beside those that the mapping names. */
export const SLOT_FIELDS: readonly string[] = [...slotFields(EMAIL_SLOTS), ...slotFields(PHONE_SLOTS)];

/** The primary locations of companies, by company; some of others too. */
async function primaryLocations(
  client: AutotaskClient,
  companies: readonly string[],
  signal?: AbortSignal,
): Promise<ReadonlyMap<string, number>> {
  const primary = new Map<string, number>();
  for (const company of covering('companyID', companies)) {
    const filter = [company, is('isPrimary', true)];
    const request = { entity: ENTITIES.locations, fields: ['companyID'], filter, scope: 'page', signal } as const;
    for (const row of await client.queryAll(request))
      primary.set(String((row as Row)['companyID']), Number(anyId(row)));
  }
  return primary;
}
