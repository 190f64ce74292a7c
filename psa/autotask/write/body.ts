import { foldText } from '../../../domain/normalise.ts';
import { isBlank, isEntries, sameValue, type PsaValue, type PsaValues } from '../../../domain/values.ts';
import type { MappingRow, WriteValues } from '../../contract.ts';
import { refused } from '../../write/refused.ts';
import { PSA } from '../errors.ts';
import { MAPPING } from '../mapping.ts';
import type { Lists } from '../lists.ts';
import { TRANSFORMS } from '../transforms.ts';
import { placed, type EntryField } from './entries.ts';

type Body = Readonly<Record<string, unknown>>;

/** Written by requests of their own, or by what they make together. */
const APART: readonly string[] = ['primaryLocation', 'manufacturer', 'model'];

/** What differs between `set` and what Autotask holds, under its names. Blank is null: it clears, and a new record leaves it out. */
export async function bodyOf(lists: Lists, request: WriteValues, signal: AbortSignal | undefined): Promise<Body> {
  const { kind, set, current, settings } = request;
  const rows: readonly MappingRow[] = MAPPING[kind];
  const body: Record<string, unknown> = {};
  for (const row of rows) {
    const value = set[row.field];
    if (value === undefined || row.direction === 'pull' || APART.includes(row.field)) continue;
    if (sameValue(value, current?.fields[row.field])) continue;
    Object.assign(body, await written(lists, row, value, settings, signal));
  }
  return current === null ? withoutBlanks(body) : body;
}

const withoutBlanks = (body: Body): Body =>
  Object.fromEntries(Object.entries(body).filter(([, value]) => value !== null && value !== undefined));

async function written(
  lists: Lists,
  { field, path, transform }: MappingRow,
  value: PsaValue,
  settings: Readonly<Record<string, string>>,
  signal: AbortSignal | undefined,
): Promise<Body> {
  const [name = ''] = path.split('/');
  if (isEntries(value) || transform === 'emails' || transform === 'phones') {
    const place = placed(field as EntryField, isEntries(value) ? value : [], settings);
    if ('reason' in place) throw refused(field, place.reason);
    return place.values;
  }
  if (isBlank(value)) return { [name]: null };
  if (transform === 'rowName') return { [name]: await countryId(lists, value, signal) };
  const theirs = TRANSFORMS[transform as keyof typeof TRANSFORMS].toPsa?.(value);
  return { [name]: transform === 'picklist' ? (theirs as { readonly id: number }).id : theirs };
}

/** The country of a name or a code. */
async function countryId(lists: Lists, value: PsaValue, signal: AbortSignal | undefined): Promise<number> {
  const wanted = foldText(typeof value === 'string' ? value : '');
  const known = await lists.countries(signal);
  const found =
    known.find(({ name }) => foldText(name ?? '') === wanted) ??
    known.find(({ code }) => foldText(code ?? '') === wanted);
  if (found) return Number(found.id);
  throw refused('country', `country: ${PSA} has no country of this name or code: use one of its own`);
}

/** Whether a record that is changed gets another product. */
export function changesProduct(set: PsaValues, current: PsaValues | undefined): boolean {
  return (['manufacturer', 'model'] as const).some(
    (field) => set[field] !== undefined && !sameValue(set[field], current?.[field]),
  );
}
