import type { Context } from '../context.ts';
import { refuse } from '../errors.ts';
import type { Refusal } from '../../refusal.ts';
import { COMPUTED } from '../read/computed.ts';
import type { View } from '../read/view.ts';
import type { CollectionName } from '../schema/collection-name.ts';
import { COLLECTIONS } from '../schema/collections.ts';
import type { Field } from '../schema/field.ts';
import { referredId, type Row } from '../store/row.ts';
import { CastError, castValue, TimeFormatError, UnknownMemberError } from './cast.ts';
import { MissingReference, resolveReference } from './resolve-reference.ts';
import { resourceName, type Draft, type JsonObject } from './write.ts';

/** Fields that a body may hold but that no write changes. */
const FIXED: ReadonlySet<string> = new Set(['id', '_info']);

function unknownMember(type: string, name: string, source: string): Refusal {
  const position = Math.max(0, source.indexOf(`"${name}"`)) + name.length + 3;
  return refuse(
    400,
    'ConnectWiseApi',
    `Could not find member '${name}' on object of type '${type}'. ` +
      `Path '${name}', line 1, position ${position}.Check your accept header to make sure you are using the correct version.`,
  );
}

/** A body's members under their exact names; their case does not matter, unlike that of PATCH paths. */
export function withExactNames(view: View, body: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(body).map(([name, value]) => [view.field(name)?.name ?? name, value]));
}

/** How a value of the wrong type is refused: a PATCH has words of its own. */
type CastRefusal = (error: CastError, name: string) => Refusal;

const refuseBody: CastRefusal = (error, name) =>
  refuse(400, 'ConnectWiseApi', `${error.message} Path '${name}', line 1, position 1.`);

interface BodyReading {
  readonly context: Context;
  readonly collection: CollectionName;
  /** The row that the body changes. */
  readonly row?: Row | undefined;
  /** The text the body came from, for positions in messages. */
  readonly source?: string;
  readonly refuseCast?: CastRefusal;
}

function castReferences(reading: BodyReading, field: Field, value: unknown): readonly unknown[] {
  const { to } = field;
  if (!to || !Array.isArray(value)) throw new CastError(value, 'System.Object[]');
  return value.map((item) => resolveReference(reading.context, to, item, undefined)).filter(Boolean);
}

/** Reads a body, or the part of one that a PATCH amounts to. Refuses unknown members and wrong types. */
export function readBody(reading: BodyReading, body: JsonObject): Draft {
  const { context, collection, row, source = '', refuseCast = refuseBody } = reading;
  const draft: Draft = { values: {}, parts: {}, errors: [] };
  const view = context.view(collection);
  const resource = resourceName(collection);
  const companyId = companyIn(context, body) ?? referredId(row?.['company']);

  const readOne = (name: string, field: Field, value: unknown): void => {
    const isPart = COMPUTED[collection]?.[name] !== undefined;
    if (value === null || value === undefined) {
      if (isPart) draft.parts[name] = [];
      else draft.values[name] = undefined;
    } else if (field.kind === 'reference' && field.to) {
      draft.values[name] = resolveReference(context, field.to, value, companyId);
    } else if (field.kind === 'references') draft.parts[name] = castReferences(reading, field, value);
    else if (isPart) draft.parts[name] = castValue(field, value) as readonly unknown[];
    else draft.values[name] = castValue(field, value);
  };

  for (const [name, value] of Object.entries(body)) {
    const known = view.field(name);
    if (known?.name !== name) throw unknownMember(COLLECTIONS[collection].singular, name, source);
    if (FIXED.has(name) || known.field.readOnly) continue;
    try {
      readOne(name, known.field, value);
    } catch (error) {
      if (error instanceof CastError) throw refuseCast(error, name);
      if (error instanceof UnknownMemberError) throw unknownMember(error.type, error.member, source);
      if (error instanceof MissingReference) {
        const field = `${name}/${error.member}`;
        draft.errors.push({ code: 'NotFound', message: `${field} was not found.`, resource, field });
      } else if (error instanceof TimeFormatError) {
        const message = `Unsupported format applied to ${name}`;
        draft.errors.push({ code: 'UnsupportedFormat', message, resource, field: name });
      } else throw error;
    }
  }
  return draft;
}

/** The company a body names, by which the sites it names are found. */
function companyIn(context: Context, body: JsonObject): number | undefined {
  try {
    return resolveReference(context, 'companies', body['company'], undefined)?.id;
  } catch {
    // What is wrong with it is said when the field itself is read.
    return undefined;
  }
}
