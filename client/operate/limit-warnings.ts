import type { IntegrationSettings } from '../../db/schema/integrations.ts';
import type { LimitScopes } from '../../psa/contract.ts';
import { adapterFor } from '../../psa/registry.ts';

type Limits = Pick<IntegrationSettings, 'requestsPerWindow' | 'windowSeconds' | 'requestsInFlight'>;

/** Which of an integration's limits are above those that the vendor names: a sentence each. They are taken, as vendors raise theirs for some. */
export function limitWarnings(provider: string, settings: Limits): string[] {
  const { title, capabilities } = adapterFor(provider);
  const { vendorLimits, limitsPer } = capabilities;
  const { requests, requestsInFlight } = vendorLimits;
  const warnings: string[] = [];
  if (requests !== null && mostIn(requests.seconds, settings) > requests.most) {
    const allowed = `${requests.most} requests in ${requests.seconds} s${each(limitsPer.window)}`;
    warnings.push(above(title, allowed, `${settings.requestsPerWindow} in ${settings.windowSeconds} s`));
  }
  if (requestsInFlight !== null && settings.requestsInFlight > requestsInFlight) {
    const allowed = `${requestsInFlight} at once${each(limitsPer.inFlight)}`;
    warnings.push(above(title, allowed, String(settings.requestsInFlight)));
  }
  return warnings;
}

/** The way out of every warning: what new integrations begin with. */
export function limitsAsNew(provider: string): string {
  const { requestsPerWindow, windowSeconds, requestsInFlight } = adapterFor(provider).capabilities.limits;
  return `requests-per-window=${requestsPerWindow} window-seconds=${windowSeconds} requests-in-flight=${requestsInFlight}`;
}

/** How many requests these settings let out in so many seconds; a longer window can let out all of its at its beginning. */
const mostIn = (seconds: number, { requestsPerWindow, windowSeconds }: Limits): number =>
  requestsPerWindow * Math.max(1, seconds / windowSeconds);

const each = (scope: LimitScopes['window']): string => (scope === 'endpoint' ? ' to each endpoint' : '');

const above = (title: string, allowed: string, set: string): string =>
  `${title} allows ${allowed}, and ${set} are set: unless it has raised that for you, it turns requests away.`;
