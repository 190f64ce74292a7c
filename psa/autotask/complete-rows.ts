import type { Kind } from '../../domain/kinds.ts';
import type { AutotaskClient, Choice } from './client.ts';
import { ENTITIES } from './entities.ts';
import { is } from './filter.ts';
import { anyId } from './ids.ts';
import type { Names } from './names.ts';
import { EMAIL_SLOTS, PHONE_SLOTS, type Slot } from './slots.ts';

type Row = Readonly<Record<string, unknown>>;

/** Puts beside the numbers in rows what they name, so that a row can be read by the mapping alone. */
export type CompleteRows = (kind: Kind, rows: readonly unknown[], signal?: AbortSignal) => Promise<readonly unknown[]>;

export function createCompleteRows(client: AutotaskClient, names: Names): CompleteRows {
  async function companies(rows: readonly unknown[], signal?: AbortSignal): Promise<unknown[]> {
    const types = await names.companyTypes(signal);
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
    const countries = await names.countries(signal);
    return rows.map(
      whole((row) => {
        const country = countries.find(({ id }) => id === String(row['countryID']));
        return { ...row, countryID: isId(row['countryID']) ? { name: country?.name ?? null } : row['countryID'] };
      }),
    );
  }

  async function devices(rows: readonly unknown[], signal?: AbortSignal): Promise<unknown[]> {
    const types = await names.deviceTypes(signal);
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

/** The primary locations of companies, by company. */
async function primaryLocations(
  client: AutotaskClient,
  companies: readonly string[],
  signal?: AbortSignal,
): Promise<ReadonlyMap<string, number>> {
  const filter = [is('isPrimary', true)];
  const request = { entity: ENTITIES.locations, fields: ['companyID'], filter, scope: 'page', signal } as const;
  const rows = await client.queryAmong(request, 'companyID', companies);
  const pairs = rows.map((row) => [String((row as Row)['companyID']), Number(anyId(row))] as const);
  return new Map(pairs);
}
