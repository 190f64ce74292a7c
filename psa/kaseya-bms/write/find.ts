import type { Kind } from '../../../domain/kinds.ts';
import { foldText } from '../../../domain/normalise.ts';
import type { PsaRecord } from '../../../domain/psa-record.ts';
import type { PsaValue, PsaValues } from '../../../domain/values.ts';
import type { FindRequest } from '../../contract.ts';
import { PsaError } from '../../errors.ts';
import type { RowsRead } from '../../record-reader.ts';
import { recordOrNull } from '../by-ids.ts';
import type { BmsClient, Query } from '../client.ts';
import { LISTS, type ListSpec } from '../lists.ts';
import { READERS } from '../mapping.ts';
import { accountRow, assetRow, locationRows } from '../rows.ts';

/** Records of the same names inside the same account, and some more: the caller compares. */
export async function find(client: BmsClient, { kind, fields, signal }: FindRequest): Promise<readonly PsaRecord[]> {
  const { records, rejects } = READERS[kind].read(await candidates(client, kind, fields, signal));
  if (rejects.length > 0) throw unreadable(client, kind);
  return unique({ records, rejects });
}

async function candidates(
  client: BmsClient,
  kind: Kind,
  fields: PsaValues,
  signal: AbortSignal | undefined,
): Promise<readonly unknown[]> {
  const account = text(fields['organization']);
  switch (kind) {
    case 'organization': {
      const rows: unknown[] = [];
      for (const part of searches(text(fields['name'])))
        rows.push(...(await all(client, LISTS.accounts, { 'Filter.AccountName': part }, signal)));
      return rows.map(accountRow);
    }
    case 'location':
      return locationRows((await recordOrNull(client, 'accounts', account, signal)) ?? { locations: [] });
    case 'contact':
      return all(client, LISTS.contacts, { 'Filter.AccountId': account }, signal);
    case 'configuration': {
      const rows = await all(client, LISTS.assets, { 'Filter.AccountId': account }, signal);
      const same = rows.filter((row) => isCalled(row, text(fields['name'])));
      const assets: unknown[] = [];
      for (const row of same) {
        const id = READERS.configuration.idOf(row);
        const asset = id === null ? row : await recordOrNull(client, 'assets', id, signal);
        if (asset !== null) assets.push(assetRow(asset));
      }
      return assets;
    }
  }
}

/** The whole name and its longest word; see ASSUMPTIONS. */
function searches(name: string): readonly string[] {
  const words = name.trim().split(/\s+/u);
  const longest = words.reduce((best, word) => (word.length > best.length ? word : best), '');
  return [...new Set([name.trim(), longest])];
}

/** A row whose name can't be read may be any. */
function isCalled(row: unknown, name: string): boolean {
  const called = (row as { readonly assetName?: unknown }).assetName;
  return typeof called !== 'string' || foldText(called) === foldText(name);
}

/** All rows of a filtered list, active and inactive. */
async function all(
  client: BmsClient,
  list: ListSpec,
  query: Query,
  signal: AbortSignal | undefined,
): Promise<readonly unknown[]> {
  const rows: unknown[] = [];
  for (const active of ['true', 'false']) {
    let last = 0;
    for (let page = 1, seen = 0; ; page += 1) {
      const asked = { ...query, 'Filter.IsActive': active };
      const answer = await client.list({ list, query: asked, page, scope: 'record', signal });
      rows.push(...answer.rows);
      seen += answer.rows.length;
      const isEnd = answer.total === null ? answer.rows.length < last : seen >= answer.total;
      if (isEnd || answer.rows.length === 0) break;
      last = answer.rows.length;
    }
  }
  return rows;
}

function unique({ records }: RowsRead): PsaRecord[] {
  return [...new Map(records.map((record) => [record.psaId, record])).values()];
}

const text = (value: PsaValue | undefined): string => (typeof value === 'string' ? value : '');

/** What can't be read may be the very record that is looked for; to go on would make a second one. */
function unreadable({ psa }: BmsClient, kind: Kind): PsaError {
  const message = `${psa} has a ${kind} that may be called the same and can't be read: a full sync lists it among the rejects with what is wrong; mend it there`;
  return new PsaError('bad_answer', message, { retry: 'never', scope: 'record' });
}
