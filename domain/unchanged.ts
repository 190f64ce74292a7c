import type { PlanLink } from './plan-types.ts';

/**
 * Whether a PSA record inside the gate has nothing to bring, told without reading its record: same content under the same
 * mapping and settings (all in the hash), nothing left to resolve, no write of ours since. Whatever else is planned.
 * @param hash `recordHash` of what the PSA holds now.
 */
export function isUnchanged(link: Pick<PlanLink, 'state' | 'hash' | 'open' | 'drifted'>, hash: string): boolean {
  const inStep = link.state === 'live' || link.state === 'error';
  return inStep && link.hash === hash && !link.drifted && link.open.length === 0;
}
