import { localAsJson, type Names } from '../client/operate/local-as-json.ts';
import type { LoggedConflict } from '../db/conflicts/conflicts.ts';

/** A conflict for programs: what its values refer to has its id and its name. */
export function conflictAsJson(conflict: LoggedConflict, names: Names) {
  const { kind, field, localValue, psaValue } = conflict;
  return {
    ...conflict,
    localValue: localAsJson(kind, field, localValue, names),
    psaValue: localAsJson(kind, field, psaValue, names),
  };
}
