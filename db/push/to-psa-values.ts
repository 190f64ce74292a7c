import type { Kind } from '../../domain/kinds.ts';
import type { LocalValues, PsaValues } from '../../domain/values.ts';
import type { TenantTx } from '../database.ts';

// STUB until h/edits is merged
export async function toPsaValues(
  _tx: TenantTx,
  _integrationId: string,
  _kind: Kind,
  values: LocalValues,
  fields: readonly string[],
): Promise<{
  values: PsaValues;
  parents: { field: string; recordId: string }[];
  unknown: { field: string; message: string }[];
}> {
  return {
    values: Object.fromEntries(fields.map((f) => [f, values[f] as never])),
    parents: [],
    unknown: [],
  };
}
