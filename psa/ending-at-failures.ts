import type { PageRequest, PsaPage } from './contract.ts';
import type { PsaError } from './errors.ts';

/** A page that holds what was read before a failure. One that holds nothing at all is no page: reading it throws. */
export interface PageSoFar extends PsaPage {
  readonly failure: PsaError | null;
}

/**
 * Pages that end where a failure kept them from going on, so that nothing is read twice. It is thrown to whoever comes for the
 * rest, unless that is somebody's last try.
 */
export function endingAtFailures(
  read: (request: PageRequest) => Promise<PageSoFar>,
): (request: PageRequest) => Promise<PsaPage> {
  let held: { readonly cursor: string; readonly failure: PsaError } | null = null;

  return async (request) => {
    const due = held;
    held = null;
    if (due !== null && due.cursor === request.cursor && request.lastTry !== true) throw due.failure;
    const { failure, ...page } = await read(request);
    if (failure !== null && page.next !== null) held = { cursor: page.next, failure };
    return page;
  };
}
