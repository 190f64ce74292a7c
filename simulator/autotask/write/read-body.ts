import { parseJson } from '../../parse-json.ts';
import { refuse } from '../errors.ts';
import { UDFS, type Entity } from '../schema/entity.ts';

/** What a body says of an entity, by the entity's own names; `null` clears. What the entity does not have is ignored. */
export interface Draft {
  readonly id: number | undefined;
  readonly values: Readonly<Record<string, unknown>>;
  /** User-defined fields that it names. */
  readonly udfs: Readonly<Record<string, string | null>>;
}

export function readBody(entity: Entity, text: string): Draft {
  const body = parseJson(text);
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    throw refuse('Value cannot be null.\r\nParameter name: restModelInput');
  }
  const names = new Map(Object.keys(entity.fields).map((name) => [name.toLowerCase(), name]));
  const values: Record<string, unknown> = {};
  let udfs: Readonly<Record<string, string | null>> = {};
  for (const [given, value] of Object.entries(body)) {
    const name = names.get(given.toLowerCase());
    if (name !== undefined) values[name] = value;
    else if (given.toLowerCase() === UDFS.toLowerCase()) udfs = readUdfs(entity, value);
  }
  const { id, ...rest } = values;
  return { id: typeof id === 'number' ? id : undefined, values: rest, udfs };
}

function readUdfs(entity: Entity, value: unknown): Record<string, string | null> {
  if (!Array.isArray(value)) return {};
  const entries = (value as { name?: unknown; value?: unknown }[]).map(({ name, value: given }) => {
    const known = entity.udfs?.find((udf) => udf.name.toLowerCase() === String(name).toLowerCase());
    if (!known) throw refuse(`Unable to find ${String(name)} in the ${entity.singular} Entity.`);
    return [known.name, given === null || given === undefined ? null : textOf(given)] as const;
  });
  return Object.fromEntries(entries);
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));
