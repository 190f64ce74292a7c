import { PsaError } from '../errors.ts';

/**
 * Work that is made of several changing requests, each sent by `change`. Once one of them has been carried out, every failure
 * says that something may have happened, also where the request that failed has done nothing.
 */
export async function inRequests<Request, Answer, T>(
  change: (request: Request) => Promise<Answer>,
  work: (change: (request: Request) => Promise<Answer>) => Promise<T>,
): Promise<T> {
  let carriedOut = 0;
  try {
    return await work(async (request) => {
      const answer = await change(request);
      carriedOut += 1;
      return answer;
    });
  } catch (error) {
    if (carriedOut > 0 && error instanceof PsaError && !error.mayHaveHappened) throw error.afterWrites();
    throw error;
  }
}
