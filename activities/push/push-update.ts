import { adoptUpdate } from '../../db/push/adopt-update.ts';
import { type PreparedUpdate, prepareUpdate } from '../../db/push/prepare-update.ts';
import type { PushFailure } from '../../db/push/settle-push.ts';
import { endWrite, prolongWrite } from '../../db/push/write-fence.ts';
import type { PsaRecord } from '../../domain/psa-record.ts';
import type { ByIds } from '../../psa/contract.ts';
import { PsaError } from '../../psa/errors.ts';
import { providerRules } from '../../psa/registry.ts';
import { endOrWait, type PushEnd, stop } from './push-end.ts';
import { applyContext, type PushSession } from './push-session.ts';
import { stillWriting } from './push-trouble.ts';
import { openWriteWindow } from './write-window.ts';

type Send = Extract<PreparedUpdate, { next: 'send' }>['update'];

/** Reads the PSA record, merges, sends what is still ours to send, and takes the answer. Null: look again. */
export async function pushUpdate(session: PushSession): Promise<PushEnd | null> {
  const { claimed, access, input, beat } = session;
  const { psa } = claimed;
  if (!psa) return null;
  const answer = await access.psa.byIds({ kind: input.kind, ids: [psa], signal: beat.signal });
  const [record] = answer.records;
  if (!record) return session.inSync((tx) => stop(tx, session, absence(answer)));
  const next = await prepare(session, record);
  return 'set' in next ? send(session, record, next) : next.end;
}

async function prepare(session: PushSession, record: PsaRecord): Promise<Send | { readonly end: PushEnd | null }> {
  const { writer, input, settings, deps, claimed } = session;
  const { kind } = input;
  return session.inSync(async (tx) => {
    const context = await applyContext(tx, session, record.fields['organization'], claimed.readSeq);
    const prepared = await prepareUpdate({
      context,
      integration: claimed.integration,
      rules: providerRules,
      key: input,
      record,
      writeMs: deps.push.writeMs,
      problemsOf: (set) => writer.problems({ kind, set, current: record, settings }),
    });
    switch (prepared.next) {
      case 'again':
        return { end: null };
      case 'wait':
        throw stillWriting(prepared.ms);
      case 'fail':
        return { end: await stop(tx, session, prepared.failure) };
      case 'done':
        return { end: await endOrWait(tx, session, prepared.parent) };
      case 'send':
        return prepared.update;
    }
  });
}

async function send(session: PushSession, record: PsaRecord, update: Send): Promise<PushEnd | null> {
  const { writer, input, settings, deps, beat } = session;
  const { set, fence } = update;
  const window = openWriteWindow(beat.signal, () =>
    session.inSync((tx) => prolongWrite(tx, input, fence, deps.push.writeMs)),
  );
  const { signal, beforeWrite } = window;
  const answer = await writer
    .update({ kind: input.kind, set, current: record, settings, beforeWrite, signal })
    .catch(async (error: unknown) => {
      if (error instanceof PsaError && !error.mayHaveHappened) {
        await session.inSync((tx) => endWrite(tx, input, fence));
      }
      throw error;
    })
    .finally(window.close);
  return session.inSync(async (tx) => {
    const context = await applyContext(tx, session, answer.fields['organization']);
    const notTaken = await adoptUpdate({ context, key: input, update, before: record, answer });
    if (notTaken.length === 0) return endOrWait(tx, session);
    const reason = `The PSA kept what it had in: ${notTaken.join(', ')}.`;
    return stop(tx, session, { state: 'failed', code: 'not_taken', reason });
  });
}

/** Why the PSA does not show the record. */
function absence({ missing, rejects }: ByIds): PushFailure {
  if (missing.length > 0) return { state: 'failed', code: 'gone', reason: '' };
  const [reject] = rejects;
  if (reject) return { state: 'failed', code: 'internal', reason: `The PSA's record can't be read: ${reject.reason}` };
  return { state: 'failed', code: 'forbidden', reason: 'The PSA does not show what lies under its organization.' };
}
