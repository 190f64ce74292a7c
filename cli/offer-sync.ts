import type { Integration } from '../db/integrations/read-integration.ts';
import type { CliContext } from './context.ts';
import { launchSync } from './launch-sync.ts';
import type { TenantServices } from './services.ts';

/** Ticking a type changes nothing in the PSA, so only a full sync brings in what it lets in. */
export async function offerSync(
  context: CliContext,
  services: TenantServices,
  integration: Integration,
  wanted: boolean,
): Promise<void> {
  const { ask, output } = context;
  if (wanted || (await ask.offer('This counts from the next full sync on. Start one now?'))) {
    await launchSync(context, services, integration, { job: 'full', trigger: 'settings', dryRun: false });
  } else {
    output.say(
      'This counts from the next full sync on: start one with `psa-sync sync start`, or add --sync next time.',
    );
  }
}
