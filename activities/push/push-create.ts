import { adoptAnswer, type Adopted } from '../../db/push/adopt-create.ts';
import { decideCreate } from '../../db/push/decide-create.ts';
import { markSent, settleIntent } from '../../db/push/intents.ts';
import { type DraftedRecord, prepareCreate } from '../../db/push/prepare-create.ts';
import { PsaError } from '../../psa/errors.ts';
import { providerRules } from '../../psa/registry.ts';
import { endOrWait, type PushEnd, stop } from './push-end.ts';
import { applyContext, type PushSession } from './push-session.ts';
import { startAll } from './start-all.ts';
import { openWriteWindow } from './write-window.ts';

/** Fields that the PSA takes, and the organization that a record is made under even where it never moves. */
export function pushedFields({ access, claimed, input: { kind } }: PushSession): string[] {
  const isTaken = (field: string) => providerRules.directionOf(claimed.integration, kind, field) === 'both';
  const fields = (access.adapter.mapping[kind] ?? []).map(({ field }) => field);
  return fields.filter((field) => isTaken(field) || field === 'organization');
}

/** Searches the PSA for the record; ties what is there, or makes it with exactly one effect. Null: look again. */
export async function pushCreate(session: PushSession): Promise<PushEnd | null> {
  const { writer, input, claimed, beat, settings } = session;
  const { kind } = input;
  const prepared = await session.inSync(async (tx) => {
    const next = await prepareCreate({
      context: await applyContext(tx, session, null, claimed.readSeq),
      integration: claimed.integration,
      rules: providerRules,
      key: input,
      fields: pushedFields(session),
      problemsOf: (set) => writer.problems({ kind, set, current: null, settings }),
    });
    if (next.next === 'fail') return { end: await stop(tx, session, next.failure) };
    if (next.next === 'wait') return { end: await endOrWait(tx, session, next.parent) };
    return next.next === 'gone' ? { end: null } : next;
  });
  if ('end' in prepared) return prepared.end;
  const { draft } = prepared;
  const found = await writer.find({ kind, fields: draft.set, signal: beat.signal });
  const decided = await session.inSync(async (tx) => {
    const context = await applyContext(tx, session, draft.set['organization'], claimed.readSeq);
    const next = await decideCreate({ context, key: input, draft, found });
    return next.next === 'fail' ? { ...next, end: await stop(tx, session, next.failure) } : next;
  });
  if (decided.next === 'fail') return decided.end;
  if (decided.next === 'make') return make(session, draft, decided.fence);
  await startAll(session, decided.children);
  return null;
}

async function make(session: PushSession, draft: DraftedRecord, fence: string): Promise<PushEnd | null> {
  const { writer, input, settings, deps, beat } = session;
  const { kind } = input;
  const window = openWriteWindow(beat.signal, () =>
    session.inSync((tx) => markSent(tx, input, fence, deps.push.writeMs)),
  );
  const { signal, beforeWrite } = window;
  const answer = await writer
    .create({ kind, set: draft.set, current: null, settings, beforeWrite, signal })
    .catch(async (error: unknown) => {
      // What failed after a first request has gone through did not fail alone: the PSA may have the record.
      if (!isRefusal(error) || window.requests() > 1) throw unsure(error);
      await session.inSync((tx) => settleIntent(tx, input));
      throw error;
    })
    .finally(window.close);
  const adopted = await session.inSync(async (tx) => {
    const context = await applyContext(tx, session, answer.fields['organization']);
    return adoptAnswer({ context, key: input, fence, draft, answer });
  });
  return afterAdoption(session, adopted);
}

/** Children of what is in the PSA now are started; what is still to be sent takes another round. */
export async function afterAdoption(session: PushSession, adopted: Adopted): Promise<PushEnd | null> {
  if (adopted.tied) {
    await startAll(session, adopted.children);
    return session.inSync((tx) => endOrWait(tx, session));
  }
  const reason = `A sync has made record ${adopted.otherRecordId} of what was made from it: merge the two.`;
  return session.inSync((tx) => stop(tx, session, { state: 'attention', code: 'unsure', reason }));
}

/** Surely not carried out. */
function isRefusal(error: unknown): error is PsaError {
  return error instanceof PsaError && !error.mayHaveHappened;
}

function unsure(error: unknown): unknown {
  if (!isRefusal(error)) return error;
  const { code, message, scope } = error;
  return new PsaError(code, message, { retry: 'backoff', scope, mayHaveHappened: true, cause: error });
}
