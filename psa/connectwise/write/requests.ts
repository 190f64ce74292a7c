import { PsaError } from '../../errors.ts';
import type { ChangeRequest, ConnectWiseClient } from '../client.ts';

/** Sends one changing request. */
export type Change = (request: Omit<ChangeRequest, 'beforeWrite' | 'signal'>) => Promise<unknown>;

/**
 * Work that is made of several changing requests. Once one of them has been carried out, every failure says that something
 * may have happened, also where the request that failed has done nothing.
 */
export async function inRequests<T>(
  client: ConnectWiseClient,
  { beforeWrite, signal }: Pick<ChangeRequest, 'beforeWrite' | 'signal'>,
  work: (change: Change) => Promise<T>,
): Promise<T> {
  let carriedOut = 0;
  try {
    return await work(async (request) => {
      const answer = await client.change({ ...request, beforeWrite, signal });
      carriedOut += 1;
      return answer;
    });
  } catch (error) {
    if (carriedOut > 0 && error instanceof PsaError && !error.mayHaveHappened) throw error.afterWrites();
    throw error;
  }
}
