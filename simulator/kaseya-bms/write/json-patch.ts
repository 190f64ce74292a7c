import { invalid } from '../envelope.ts';
import { wireName } from '../wire-name.ts';
import type { Field } from './fields.ts';

type Values = Readonly<Record<string, unknown>>;

/** What a list of JSON Patch operations makes of values; paths may be written in either case. */
export function patched(fields: readonly Field[], values: Values, operations: readonly Values[]): Values {
  const changed: Record<string, unknown> = { ...values };
  for (const { op, path, value } of operations) {
    const name = typeof path === 'string' ? wireName(path.replace(/^\//, '')) : '';
    const field = fields.find((one) => one.name === name);
    if (!field) {
      throw invalid([`The target location specified by path segment '${String(path)}' was not found.`]);
    }
    const isTaken = op === 'remove' || value === null;
    if (isTaken && field.solid) throw invalid([`The value 'null' is invalid for target location '${String(path)}'.`]);
    if (op === 'remove') changed[name] = null;
    else if (op === 'replace' || op === 'add') changed[name] = value;
    else throw invalid([`Invalid JsonPatch operation '${String(op)}'.`]);
  }
  return changed;
}
