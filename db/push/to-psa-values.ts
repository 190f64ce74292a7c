import { isSyncing } from '../../domain/edit-rules.ts';
import { fieldSpec } from '../../domain/fields.ts';
import type { Kind } from '../../domain/kinds.ts';
import type { ProviderRules, RuledIntegration } from '../../domain/provider-rules.ts';
import type { LocalValues, PsaLookup, PsaValue, PsaValues } from '../../domain/values.ts';
import type { TenantTx } from '../database.ts';
import { takesAnyOf } from '../edits/find-creates.ts';
import { psaIdsOf } from './psa-ids.ts';
import type { MissingParent } from './wait-for-parent.ts';

export interface ToPsaValues {
  readonly integration: RuledIntegration & { readonly id: string; readonly key: string };
  readonly kind: Kind;
  readonly values: LocalValues;
  /** Which of the values are wanted; a field without one is blank. */
  readonly fields: readonly string[];
  /** What the PSA held: where several of its rows are one of ours, the one that it has already stays. */
  readonly base?: PsaValues | null;
}

/** Values as a PSA would hold them, and what keeps some from being said in its terms. */
export interface InPsaTerms {
  /** Without the fields of `parents` and `unknown`. */
  readonly values: PsaValues;
  /** References to records of ours that are not in the PSA, or no longer in step with it. */
  readonly parents: readonly MissingParent[];
  /** Rows of named lists that the PSA does not have. */
  readonly unknown: readonly { readonly field: string; readonly message: string }[];
}

/** Puts values of ours into the terms of one PSA: its ids for rows of named lists and for the records they refer to. */
export async function toPsaValues(tx: TenantTx, input: ToPsaValues, rules: ProviderRules): Promise<InPsaTerms> {
  const { integration, kind, base } = input;
  const wanted = Object.fromEntries(input.fields.map((field) => [field, input.values[field] ?? null]));
  const { rows, records } = await psaIdsOf(tx, integration.id, kind, [wanted]);
  const values: Record<string, PsaValue> = {};
  const parents: MissingParent[] = [];
  const unknown: InPsaTerms['unknown'][number][] = [];
  for (const [field, value] of Object.entries(wanted)) {
    const spec = fieldSpec(kind, field);
    if (typeof value !== 'string' || (spec?.type !== 'lookup' && spec?.type !== 'reference')) {
      values[field] = value;
    } else if (spec.type === 'reference') {
      const link = records.get(value)?.find(({ state }) => isSyncing(state));
      if (link) values[field] = link.psaId;
      else parents.push({ field, recordId: value, onlyGiven: !takesAnyOf(integration, spec.target, rules) });
    } else {
      const row = rows.get(value);
      const had = (base?.[field] as PsaLookup | null | undefined)?.psaId;
      const there = row?.there.find(({ psaId }) => psaId === had) ?? row?.there[0];
      if (row && rules.isText(integration.provider, kind, field)) values[field] = { psaId: null, name: row.name };
      else if (there) values[field] = { psaId: there.psaId, name: there.name };
      else unknown.push({ field, message: unknownRow(field, row?.name ?? value, integration.key) });
    }
  }
  return { values, parents, unknown };
}

function unknownRow(field: string, name: string, integration: string): string {
  return `${field}: ${integration} has no row called ${JSON.stringify(name)} for it. Make it there and refresh the lists, or choose another.`;
}
