import type { Context } from '../context.ts';
import type { ValidationError } from '../errors.ts';
import type { CollectionName } from '../schema/collection-name.ts';
import { COLLECTIONS } from '../schema/collections.ts';
import { maxLengthIn, type Field } from '../schema/field.ts';
import { resourceName, type JsonObject } from './write.ts';

function isBlank(value: unknown): boolean {
  return value === undefined || value === null || value === '';
}

function problem(
  name: string,
  field: Field,
  value: unknown,
  release: string,
): Pick<ValidationError, 'code' | 'message'> | undefined {
  if (isBlank(value)) {
    return field.required ? { code: 'MissingRequiredField', message: `The ${name} field is required.` } : undefined;
  }
  const maxLength = maxLengthIn(field, release);
  if (typeof value === 'string' && maxLength !== undefined && value.length > maxLength) {
    return {
      code: 'MaxLengthField',
      message: `The field ${name} must be a string with a maximum length of ${maxLength}.`,
    };
  }
  if (field.oneOf && !field.oneOf.includes(String(value))) {
    return { code: 'InvalidField', message: `The field ${name} must be one of ${field.oneOf.join(', ')}.` };
  }
  const [least, most] = field.range ?? [-Infinity, Infinity];
  if (typeof value === 'number' && (value < least || value > most)) {
    return { code: 'OutOfRange', message: `The field ${name} must be between ${least} and ${most}.` };
  }
  return undefined;
}

/** What is wrong with stored values; `only` narrows it to some fields. */
export function validate(
  context: Context,
  collection: CollectionName,
  values: JsonObject,
  only?: ReadonlySet<string>,
): ValidationError[] {
  const resource = resourceName(collection);
  const release = context.settings.version;
  return Object.entries(COLLECTIONS[collection].fields).flatMap(([name, field]) => {
    if (only && !only.has(name)) return [];
    const found = problem(name, field, values[name], release);
    return found ? [{ ...found, resource, field: name }] : [];
  });
}
