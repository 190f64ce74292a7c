import { z } from 'zod';
import type { Context } from '../context.ts';
import { refuse } from '../errors.ts';
import type { Refusal } from '../../refusal.ts';
import type { CollectionName } from '../schema/collection-name.ts';
import { COLLECTIONS } from '../schema/collections.ts';
import type { Row } from '../store/row.ts';
import { CastError } from './cast.ts';
import { isObject, type JsonObject } from './write.ts';

const operationsSchema = z.array(
  z.object({
    op: z
      .string()
      .toLowerCase()
      .pipe(z.enum(['add', 'replace', 'remove'])),
    path: z.string(),
    value: z.unknown().optional(),
  }),
);
type Operation = z.output<typeof operationsSchema>[number];

const TYPE_NAMES: Record<string, string> = {
  string: 'System.String',
  number: 'System.Int64',
  boolean: 'System.Boolean',
};

const invalidPatch = (message: string): Refusal => refuse(400, 'InvalidPatch', message);

/** A value of the wrong type, in the words of PATCH. */
export function refusePatchedValue(error: CastError): Refusal {
  const given = TYPE_NAMES[typeof error.value] ?? 'Newtonsoft.Json.Linq.JObject';
  return invalidPatch(`Could not cast or convert from ${given} to ${error.wanted}.`);
}

/** Reads the body of a PATCH; an object instead of an array is refused. */
export function readOperations(body: unknown): Operation[] {
  const parsed = operationsSchema.safeParse(body);
  if (parsed.success) return parsed.data;
  const message = Array.isArray(body)
    ? "Error converting value to type 'PatchOperation': op is add, replace or remove, and path a text."
    : `Cannot deserialize the current JSON object (e.g. {"name":"value"}) into type 'PatchOperation[]' because the type requires a JSON array (e.g. [1,2,3]) to deserialize correctly.`;
  throw refuse(400, 'ConnectWiseApi', message);
}

/** Changes one element of an array, as recorded traffic shows it for `communicationItems`. */
function patchArray(
  before: readonly unknown[],
  { op, value }: Operation,
  path: readonly string[],
  name: string,
): readonly unknown[] {
  const array = [...before];
  const [at = '', member, ...deeper] = path;
  const index = at === '-' ? array.length : Number(at);
  const isEnd = index === array.length;
  if (!Number.isInteger(index) || index > array.length || (isEnd && (op !== 'add' || member !== undefined))) {
    throw invalidPatch(`The index in the path ${name}/${path.join('/')} is outside of the array.`);
  }
  if (member !== undefined) {
    const element = array[index];
    // Deeper paths lead into a reference, which has no effect.
    if (isObject(element) && deeper.length === 0)
      array[index] = { ...element, [member]: op === 'remove' ? null : value };
  } else if (op === 'remove') array.splice(index, 1);
  else if (op === 'replace') array[index] = value;
  // Wherever it is added it lands at the end, and only there is its default flag heeded.
  else array.push(isEnd || !isObject(value) ? value : { ...value, defaultFlag: false });
  return array;
}

/**
 * The fields that operations change, with their new values, as a body that holds just these.
 *
 * Paths are case-sensitive. Into a reference they have no effect unless the settings say so; into custom fields never.
 */
export function patchedFields(
  context: Context,
  collection: CollectionName,
  row: Row,
  operations: readonly Operation[],
): JsonObject {
  const { fields, singular } = COLLECTIONS[collection];
  const before = context.view(collection).row(row);
  const changed: Record<string, unknown> = {};
  const current = (name: string): unknown => (name in changed ? changed[name] : before[name]);
  for (const operation of operations) {
    const [name = '', ...path] = operation.path.replace(/^\//, '').split('/');
    const field = fields[name];
    if (!field || context.view(collection).field(name)?.name !== name) {
      throw invalidPatch(`Could not find member '${name}' on object of type '${singular}'. Path '${operation.path}'.`);
    }
    if (path.length === 0) {
      changed[name] = operation.op === 'remove' ? null : (operation.value ?? null);
    } else if ((field.kind === 'items' && name !== 'customFields') || field.kind === 'texts') {
      const array: unknown = current(name) ?? [];
      if (!Array.isArray(array))
        throw refusePatchedValue(new CastError(array, `${field.itemType ?? 'System.String'}[]`));
      changed[name] = patchArray(array, operation, path, name);
    } else if (field.kind === 'references') {
      changed[name] = current(name);
    } else if (field.kind === 'reference' && context.settings.patchIntoReference === 'apply') {
      const [member = ''] = path;
      changed[name] = { [member]: operation.op === 'remove' ? null : operation.value };
    }
  }
  return changed;
}
