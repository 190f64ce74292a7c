import { adoptFound } from '../../db/push/adopt-create.ts';
import { findFitting } from '../../db/push/find-fitting.ts';
import { leaveUnsure, lockIntent } from '../../db/push/intents.ts';
import { prepareCreate } from '../../db/push/prepare-create.ts';
import { providerRules } from '../../psa/registry.ts';
import { type PushEnd, stop } from './push-end.ts';
import { afterAdoption, pushedFields } from './push-create.ts';
import { applyContext, type PushSession } from './push-session.ts';

/**
 * After a request to make the record whose answer is lost, and whose time is over: what fits and was not there before is
 * ours. One such record is tied; if there is none, or several, a person has to say, and nothing is sent again.
 */
export async function pushSearch(session: PushSession): Promise<PushEnd | null> {
  const { writer, input, claimed, beat } = session;
  const { kind } = input;
  const fields = pushedFields(session);
  const prepared = await session.inSync(async (tx) =>
    prepareCreate({
      context: await applyContext(tx, session, null, claimed.readSeq),
      integration: claimed.integration,
      rules: providerRules,
      key: input,
      fields,
      problemsOf: () => [],
    }),
  );
  if (prepared.next !== 'find') return session.inSync((tx) => stop(tx, session, giveUp('')));
  const { draft } = prepared;
  const found = await writer.find({ kind, fields: draft.set, signal: beat.signal });
  const result = await session.inSync(async (tx) => {
    const intent = await lockIntent(tx, input);
    if (!intent) return { end: null };
    const context = await applyContext(tx, session, draft.set['organization'], claimed.readSeq);
    const [only, ...others] = await findFitting(
      context,
      found.filter(({ psaId }) => !intent.knownIds.includes(psaId)),
      draft,
    );
    if (only && others.length === 0) return adoptFound({ context, key: input, ...only, fields });
    await leaveUnsure(tx, input);
    const ids = [only, ...others].flatMap((one) => one?.record.psaId ?? []);
    return {
      end: await stop(tx, session, giveUp(ids.length === 0 ? '' : `New PSA records that fit it: ${ids.join(', ')}.`)),
    };
  });
  return 'end' in result ? result.end : afterAdoption(session, result);
}

function giveUp(reason: string) {
  return { state: 'attention', code: 'unsure', reason } as const;
}
