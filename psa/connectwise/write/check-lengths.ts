import type { WriteValues } from '../../contract.ts';
import { problems } from './problems.ts';
import { refused } from '../../write/refused.ts';
import type { Release } from './release.ts';

/** Before every release that there is: what fits there fits everywhere, and no server has to be asked for its version. */
const OLDEST = '0.0';

/** Looks at texts that not every release takes by the release of this server. Throws `refused` with the field and its limit. */
export async function checkLengths(release: Release, request: WriteValues, signal?: AbortSignal): Promise<void> {
  if (problems(request, OLDEST).length === 0) return;
  const [problem] = problems(request, await release.ask(signal));
  if (problem) throw refused(problem.field, problem.message);
}
