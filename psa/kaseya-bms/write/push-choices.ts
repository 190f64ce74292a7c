import type { Choice } from '../../contract.ts';
import type { BmsClient } from '../client.ts';
import { LISTS } from '../lists.ts';
import { readRows, tableRows, type Table, type TableRow } from '../tables.ts';
import { ACCOUNT_MANAGER, BUSINESS_TYPE, EMAIL_TYPE, PHONE_TYPE } from './push-settings.ts';

const TABLE_OF: Readonly<Record<string, Table>> = {
  [EMAIL_TYPE.name]: 'emailType',
  [PHONE_TYPE.name]: 'phoneType',
  [BUSINESS_TYPE.name]: 'businessType',
};

/** Rows that a setting can be set to. */
export async function pushChoices(client: BmsClient, name: string, signal?: AbortSignal): Promise<readonly Choice[]> {
  const table = TABLE_OF[name];
  if (table !== undefined) return choices(await tableRows(client, table, signal));
  return name === ACCOUNT_MANAGER.name ? choices(await employees(client, signal)) : [];
}

async function employees(client: BmsClient, signal: AbortSignal | undefined): Promise<TableRow[]> {
  const all: TableRow[] = [];
  for (let page = 1; ; page += 1) {
    const { rows } = await client.list({ list: LISTS.employees, page, scope: 'record', signal });
    all.push(...readRows(client, LISTS.employees, rows));
    if (rows.length === 0) return all;
  }
}

const choices = (rows: readonly TableRow[]) =>
  rows.filter(({ inactive }) => !inactive).map(({ id, name }) => ({ value: String(id), name }));
