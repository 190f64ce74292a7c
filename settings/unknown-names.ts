import type { Environment } from './environment.ts';
import { ALL_SETTINGS } from './settings.ts';

const PREFIX = 'PSA_SYNC_';
/** Further apart than this, two names are different words and no suggestion helps. */
const MOST_EDITS = 5;

/** A sentence for each variable that has our prefix and is no setting, with the name that was probably meant. */
export function unknownNames(environment: Environment): string[] {
  const names = ALL_SETTINGS.map(([, setting]) => setting.env);
  return Object.keys(environment)
    .filter((name) => name.startsWith(PREFIX) && !names.includes(name))
    .map((name) => {
      const near = closest(name, names);
      return `${name} is no setting of psa-sync and is ignored${near === undefined ? '; docs/settings.md lists them' : `; did you mean ${near}?`}`;
    });
}

function closest(name: string, candidates: readonly string[]): string | undefined {
  const [best] = candidates
    .map((candidate) => ({ candidate, edits: editDistance(name, candidate) }))
    .sort((a, b) => a.edits - b.edits);
  return best !== undefined && best.edits <= MOST_EDITS ? best.candidate : undefined;
}

/** Levenshtein, one row at a time. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const replace = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(replace, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
