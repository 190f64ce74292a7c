import type { PushReason } from '../../domain/push-states.ts';
import type { PsaRecord } from '../../domain/psa-record.ts';
import { type PsaValues, sameValue } from '../../domain/values.ts';
import { WHY_OUTSIDE } from '../../domain/why.ts';
import type { ProviderRules } from '../../domain/provider-rules.ts';
import { applyRecords } from '../apply/apply-records.ts';
import type { ApplyContext } from '../apply/context.ts';
import type { Integration } from '../integrations/read-integration.ts';
import type { PushKey } from './push-key.ts';
import { clearEdits, type PendingEdit, readPendingEdits } from './pending-edits.ts';
import type { PushFailure } from './settle-push.ts';
import { toPsaValues } from './to-psa-values.ts';
import type { MissingParent } from './wait-for-parent.ts';
import { announceWrite, lockLink } from './write-fence.ts';

/** A value that the PSA can't take, told without asking it. */
export interface ValueProblem {
  readonly field: string | null;
  readonly code: Extract<PushReason, 'missing_fields' | 'not_writable'>;
  readonly message: string;
}

export interface PrepareUpdate {
  /** Of this moment; its `readSeq` was drawn before the record was read. */
  readonly context: ApplyContext;
  readonly integration: Integration;
  readonly rules: ProviderRules;
  readonly key: PushKey;
  /** What the PSA holds. */
  readonly record: PsaRecord;
  /** How long the write may take at most, in milliseconds. */
  readonly writeMs: number;
  readonly problemsOf: (set: PsaValues) => readonly ValueProblem[];
}

export type PreparedUpdate =
  /** Something moved meanwhile: look again from the start. */
  | { readonly next: 'again' }
  | { readonly next: 'wait'; readonly ms: number }
  | { readonly next: 'fail'; readonly failure: PushFailure }
  /** Nothing is left that can be sent now. */
  | { readonly next: 'done'; readonly parent: MissingParent | null }
  | { readonly next: 'send'; readonly update: AnnouncedUpdate };

/** What goes to the PSA, announced in its link. */
export interface AnnouncedUpdate {
  readonly set: PsaValues;
  readonly edits: readonly PendingEdit[];
  readonly fence: string;
}

/**
 * Takes what the PSA holds, as a sync would: that settles the edits which the PSA overrules, or agrees with. What is still
 * pending then is what to send.
 */
export async function prepareUpdate(input: PrepareUpdate): Promise<PreparedUpdate> {
  const { context, key, record } = input;
  const { tx } = context;
  const locked = await lockLink(tx, key);
  if (!locked || locked.state === 'disabled' || locked.psaId !== record.psaId) return { next: 'again' };
  if (locked.writingMs > 0) return { next: 'wait', ms: locked.writingMs };
  // A newer page was applied while we asked: what we read is no ground to send anything on.
  if (BigInt(locked.baseSeq) > BigInt(context.readSeq)) return { next: 'again' };
  const [outside] = (await applyRecords(context, [record])).outside;
  if (outside) {
    const code = outside.reason === 'gone' ? 'gone' : 'outside_gate';
    return failed(code, WHY_OUTSIDE[outside.reason]);
  }
  const link = await lockLink(tx, key);
  if (!link) return { next: 'again' };
  return announce(input, link.base, await readPendingEdits(tx, key));
}

async function announce(
  input: PrepareUpdate,
  base: PsaValues | null,
  pending: readonly PendingEdit[],
): Promise<PreparedUpdate> {
  const { context, integration, rules, key, record } = input;
  const { tx, kind } = context;
  const values = Object.fromEntries(pending.map(({ field, value }) => [field, value]));
  const wanted = { integration, kind, values, fields: Object.keys(values), base };
  const { values: theirs, parents, unknown } = await toPsaValues(tx, wanted, rules);
  if (unknown.length > 0)
    return failed('not_writable', unknown.map(({ message }) => message).join(' '), unknownTold(unknown));
  const agreed = pending.filter(({ field }) => field in theirs && sameValue(theirs[field], record.fields[field]));
  await clearEdits(tx, key, agreed);
  const edits = pending.filter((edit) => edit.field in theirs && !agreed.includes(edit));
  if (edits.length === 0) return { next: 'done', parent: parents[0] ?? null };
  const set = Object.fromEntries(edits.map(({ field }) => [field, theirs[field] ?? null]));
  const problems = input.problemsOf(set);
  if (problems[0]) return failed(problems[0].code, told(problems));
  return { next: 'send', update: { set, edits, fence: await announceWrite(tx, key, set, input.writeMs) } };
}

function failed(code: PushReason, reason: string, shown = reason): PreparedUpdate {
  return { next: 'fail', failure: { state: 'failed', code, reason, told: shown } };
}

/** Rows that the PSA does not have, without their names. */
export function unknownTold(unknown: readonly { readonly field: string }[]): string {
  return `The PSA has no such row for: ${unknown.map(({ field }) => field).join(', ')}.`;
}

/** Problems in one line; they name their fields, and no values. */
export function told(problems: readonly { readonly message: string }[]): string {
  return problems.map(({ message }) => `${message}.`).join(' ');
}
