import type { Written } from './write-record-rows.ts';

/** What is told beside the records of a write: `meta`, where a PSA is known not to take one. */
export interface Told {
  readonly meta?: {
    readonly 'not-pushed': readonly {
      readonly 'record-id': number;
      /** Key of the integration. */
      readonly integration: string;
      readonly reason: string;
    }[];
  };
}

/** Nothing, unless a record is kept here alone though its organization syncs: a 201 alone would say otherwise. */
export function toldOf({ refusals }: Pick<Written, 'refusals'>): Told {
  if (refusals.length === 0) return {};
  const notPushed = refusals.map(({ recordId, integrationKey, reason }) => ({
    'record-id': Number(recordId),
    integration: integrationKey,
    reason,
  }));
  return { meta: { 'not-pushed': notPushed } };
}
