import type { Kind } from '../../domain/kinds.ts';
import type { Choice } from './client.ts';
import { isRowId } from './ids.ts';
import type { Lists } from './lists.ts';
import type { Names } from './names.ts';
import type { Places } from './places.ts';
import { EMAIL_SLOTS, fieldsOfSlots, PHONE_SLOTS, type Slot } from './slots.ts';
import { whole, type Row } from './whole.ts';
import { withCountry } from './with-country.ts';

/** Puts beside the numbers in rows what they name, so that a row can be read by the mapping alone. */
export type CompleteRows = (kind: Kind, rows: readonly unknown[], signal?: AbortSignal) => Promise<readonly unknown[]>;

export function createCompleteRows(places: Places, lists: Lists, names: Names): CompleteRows {
  async function companies(rows: readonly unknown[], signal?: AbortSignal): Promise<unknown[]> {
    const types = await lists.companyTypes(idsIn(rows, 'companyType'), signal);
    return rows.map(whole((row) => ({ ...row, companyType: chosen(row['companyType'], types) })));
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
          installedByID: isRowId(installedByID) ? { name: people.get(String(installedByID)) ?? null } : null,
        };
      }),
    );
  }

  return async (kind, all, signal) => {
    if (all.length === 0) return all;
    const rows = await places.refer(kind, all, signal);
    switch (kind) {
      case 'organization':
        return companies(rows, signal);
      case 'location':
        return rows.map(whole(withCountry(await lists.countries(signal))));
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

const idsIn = (rows: readonly unknown[], field: string): string[] =>
  rows
    .map((row) => (row as Row | null)?.[field])
    .filter(isRowId)
    .map(String);

/** Values of picklists are texts where the list is told, and numbers in rows. */
function chosen(value: unknown, choices: readonly Choice[]): unknown {
  if (!isRowId(value)) return value;
  return { id: value, name: choices.find(({ id }) => id === String(value))?.label ?? null };
}

const fieldsOf = (row: Row, slots: readonly Slot[]): Row =>
  Object.fromEntries(fieldsOfSlots(slots).map((field) => [field, row[field]]));
