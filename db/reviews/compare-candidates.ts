import { NEWEST_READ } from '../apply/is-stale.ts';
import { fieldNames } from '../../domain/fields.ts';
import { type LocalValue, type LocalValues, type PsaValue, sameValue } from '../../domain/values.ts';
import { localise } from '../apply/localise.ts';
import { lockRecords } from '../apply/load-plan-input.ts';
import { contextOutsideRun, type Provider } from '../apply/outside-run.ts';
import type { TenantTx } from '../database.ts';
import type { Integration } from '../integrations/read-integration.ts';
import { readNames, referredIds } from '../records/names.ts';
import type { Review } from './list-reviews.ts';

interface Candidate {
  readonly id: string;
  /** The PSA record that it is tied to; null: free to be linked. */
  readonly linkedTo: string | null;
}

export interface ComparedField {
  readonly field: string;
  readonly psa: PsaValue;
  /** The PSA's value in our terms, null where its record is not here yet. */
  readonly local: LocalValue;
  /** One for each candidate. */
  readonly candidates: readonly { readonly value: LocalValue; readonly same: boolean }[];
}

export interface Comparison {
  readonly candidates: readonly Candidate[];
  readonly fields: readonly ComparedField[];
  /** Names of what the values refer to, by id. */
  readonly names: ReadonlyMap<string, string>;
}

/** Puts the PSA's values of a review beside those of each candidate, field by field. Writes nothing. */
export async function compareCandidates(
  tx: TenantTx,
  input: { readonly review: Review; readonly integration: Integration; readonly provider: Provider },
): Promise<Comparison> {
  const { review, integration, provider } = input;
  const { kind, fields, psaId, organizationId } = review;
  const context = await contextOutsideRun(tx, {
    integration,
    provider,
    kind,
    readSeq: NEWEST_READ,
    organizations: new Map(),
    planOnly: true,
  });
  const [item] = await localise(context, [{ psaId, fields, hash: '', organizationId }]);
  const records = [...(await lockRecords(context, review.candidateIds)).values()];
  const local: LocalValues = item?.local ?? {};
  return {
    candidates: records.map(({ id, linkedTo }) => ({ id, linkedTo })),
    fields: fieldNames(kind)
      .filter((field) => field in fields)
      .map((field) => ({
        field,
        psa: fields[field] ?? null,
        local: local[field] ?? null,
        candidates: records.map(({ values }) => ({
          value: values[field] ?? null,
          same: sameValue(values[field], local[field]),
        })),
      })),
    names: await readNames(
      tx,
      [local, ...records.map(({ values }) => values)].flatMap((v) => referredIds(kind, v)),
    ),
  };
}
