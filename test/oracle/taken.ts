import type { Kind, Named, Their, TheirRecord } from './theirs.ts';
import type { OracleSettings } from './verdict.ts';

/** The PSA id of the organization that a record belongs to. */
export function homeOf(fields: Readonly<Record<string, Their>> | undefined): string | undefined {
  const home = fields?.['organization'];
  return typeof home === 'object' && home !== null && 'to' in home ? home.id : undefined;
}

/** Whether an operator lets a row in. */
export const isTicked = (settings: OracleSettings, list: string, row: Named | null): boolean =>
  row !== null && row.id !== null && (settings.ticked[list] ?? []).includes(row.id);

/** What a sync takes of a PSA record; of several types the first that is ticked. */
export function fieldsTaken(kind: Kind, their: TheirRecord, settings: OracleSettings): Readonly<Record<string, Their>> {
  const type = their.types.find((row) => isTicked(settings, `${kind}_type`, row));
  return { ...their.fields, ...(type && { type: { row: type } }) };
}

/** The settings that shape what is taken. */
export const under = ({ twoWay, keepLocalWhenBlank }: OracleSettings): string => `${twoWay} ${keepLocalWhenBlank}`;

/** The same value in the PSA's terms: a named row stays the same whatever it is called now. */
export function sameTheirs(a: Their | undefined, b: Their | undefined): boolean {
  const essence = (value: Their | undefined): unknown => {
    if (value === undefined || value === null) return null;
    if (typeof value === 'string') return value;
    return 'row' in value ? [value.row.id ?? value.row.name] : [value.to, value.id];
  };
  return JSON.stringify(essence(a)) === JSON.stringify(essence(b));
}
