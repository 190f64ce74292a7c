import { missingAttributes } from '../client/temporal/inspect-temporal.ts';
import { prepareTemporal } from '../client/temporal/prepare.ts';
import { startPush } from '../client/temporal/start-push.ts';
import type { RequestedPush } from '../db/edits/edit.ts';
import type { CliContext } from './context.ts';
import { plural } from './durations.ts';
import { warnWithoutWorker } from './launch-sync.ts';
import type { TenantServices } from './services.ts';

/** Starts at a time: enough to be quick, few enough for a small server. */
const AT_ONCE = 10;

/** Tells each workflow, or starts one. What Temporal does not take now is started by housekeeping: it stands in Postgres. */
export async function startPushes(
  context: CliContext,
  { temporal, tenantId, tenantKey }: TenantServices,
  pushes: readonly RequestedPush[],
): Promise<void> {
  if (pushes.length === 0) return;
  const { output, settings } = context;
  try {
    const client = await temporal();
    if ((await missingAttributes(client)).length > 0)
      await prepareTemporal(client, { housekeepingSeconds: settings.housekeepingSeconds });
    const left = [...pushes];
    const work = async () => {
      for (let push = left.shift(); push; push = left.shift())
        await startPush(client, { ...push, tenantId, tenantKey });
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));
    await warnWithoutWorker(context, client);
  } catch {
    output.warn(
      `Temporal did not take all of them: of ${plural(pushes.length, 'push', 'pushes')}, housekeeping starts the rest once it is back.`,
    );
  }
}
