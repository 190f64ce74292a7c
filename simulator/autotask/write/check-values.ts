import type { Values } from '../../store/store.ts';
import type { Context } from '../context.ts';
import { refuse } from '../errors.ts';
import { ENTITIES } from '../schema/entities.ts';
import type { EntityName } from '../schema/entity-name.ts';
import type { Field } from '../schema/field.ts';
import { API_LICENSE, rowsOf, type PicklistRow } from '../schema/picklists.ts';

const isMissing = (value: unknown): boolean => value === undefined || value === null || value === '';

/**
 * Refuses values that the entity does not take: too long ones, rows that are not there, and required fields that are missing
 * in `whole`, the row as it would be.
 */
export function checkValues(context: Context, name: EntityName, values: Values, whole: Values = values): void {
  const { fields } = ENTITIES[name];
  const missing = Object.entries(fields).filter(([field, { required }]) => required && isMissing(whole[field]));
  if (missing.length > 0) {
    throw refuse(...missing.map(([field]) => `Value does not exist for the required field ${field}`));
  }
  for (const [field, value] of Object.entries(values)) {
    const spec = fields[field];
    if (spec && !isMissing(value)) checkOne(context, field, spec, value);
  }
}

function checkOne(context: Context, name: string, field: Field, value: unknown): void {
  checkType(name, field, value);
  if (field.length !== undefined && String(value).length > field.length) {
    throw refuse(`${name} must be less than or equal to ${field.length} characters`);
  }
  if (field.picklist) checkPicklist(name, rowsOf(field.picklist), Number(value));
  if (field.to) checkReference(context, name, field, Number(value));
}

function checkType(name: string, { type }: Field, value: unknown): void {
  const fits = {
    boolean: typeof value === 'boolean',
    string: typeof value === 'string',
    datetime: typeof value === 'string' && !Number.isNaN(Date.parse(value)),
    decimal: typeof value === 'number',
    integer: Number.isInteger(value),
    long: Number.isInteger(value),
  }[type];
  if (!fits) throw refuse(`Error converting value ${JSON.stringify(value)} to type '${type}'. Path '${name}'.`);
}

function checkPicklist(name: string, rows: readonly PicklistRow[], value: number): void {
  const row = rows.find((one) => one.value === value);
  if (!row) throw refuse(`Picklist value [${value}] does not exist for ${name}`);
  if (!row.isActive) throw refuse(`Picklist value [${value}] is not active for ${name}`);
}

/** Rows that are not active, and users of the API as owners, count as missing. */
function checkReference({ store }: Context, name: string, { to, activeOnly }: Field, id: number): void {
  if (!to) return;
  const row = store.get(to, id);
  const isActive = row?.['isActive'] === true || row?.['isActive'] === 1;
  const isUsable = row && (!activeOnly || (isActive && row['licenseType'] !== API_LICENSE));
  if (isUsable) return;
  throw refuse(`Reference value on field: ${name} of type: ${ENTITIES[to].singular} does not exist or is invalid.`);
}
