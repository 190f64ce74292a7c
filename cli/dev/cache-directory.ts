import { homedir } from 'node:os';
import { join } from 'node:path';

/** Where downloads and builds lie, outside the tree, so that a fresh clone finds them. @param xdgCacheHome of the environment */
export function cacheDirectory(xdgCacheHome: string | undefined): string {
  return join(xdgCacheHome ? xdgCacheHome : join(homedir(), '.cache'), 'psa-sync');
}
