import type { PsaConnection } from '../psa/contract.ts';
import { PsaError } from '../psa/errors.ts';

/**
 * Reads something of a PSA. Where a right is missing others often are: then the failure names all that a sync needs, so that
 * a role is mended in one go and not in as many as there are lists.
 */
export async function withAllRights<T>(psa: PsaConnection, signal: AbortSignal, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    if (!(error instanceof PsaError) || error.code !== 'forbidden') throw error;
    const problems = await psa.check(signal).then(
      (checked) => checked.problems,
      () => [],
    );
    if (problems.length < 2) throw error;
    const { code, retry, scope, details } = error;
    const message = problems.map(({ what, fix }) => `${what}. ${fix}.`).join(' ');
    throw new PsaError(code, message, { retry, scope, details, cause: error });
  }
}
