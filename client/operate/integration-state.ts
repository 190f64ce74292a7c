import type { Integration } from '../../db/integrations/read-integration.ts';

export const INTEGRATION_STATES = ['ready', 'paused', 'needs_credentials', 'waits'] as const;

/** Whether an integration's PSA may be called, and if not, what holds it up; `waits`: as long as the PSA asked. */
export function integrationState(
  { pausedAt, needsCredentials, blockedUntil }: Pick<Integration, 'pausedAt' | 'needsCredentials' | 'blockedUntil'>,
  now: Date,
): (typeof INTEGRATION_STATES)[number] {
  if (pausedAt !== null) return 'paused';
  if (needsCredentials) return 'needs_credentials';
  if (blockedUntil !== null && new Date(blockedUntil) > now) return 'waits';
  return 'ready';
}
