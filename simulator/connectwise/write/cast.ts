import type { Field } from '../schema/field.ts';
import { isObject, type JsonObject } from './write.ts';

/** A JSON value that has the wrong type for its field. */
export class CastError extends Error {
  readonly value: unknown;
  readonly wanted: string;
  constructor(value: unknown, wanted: string) {
    super(`Error converting value ${JSON.stringify(value)} to type '${wanted}'.`);
    this.value = value;
    this.wanted = wanted;
  }
}

/** An object in an array has a member that its type does not know. */
export class UnknownMemberError extends Error {
  readonly type: string;
  readonly member: string;
  constructor(type: string, member: string) {
    super(`Could not find member '${member}' on object of type '${type}'.`);
    this.type = type;
    this.member = member;
  }
}

/** A time the server does not take. */
export class TimeFormatError extends Error {}

const NULLABLE = (type: string): string => `System.Nullable\`1[System.${type}]`;
const DATE_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[-+]\d\d:?\d\d)?$/;

function toText(value: unknown, { maxLength }: Field): string {
  if (typeof value === 'number') return String(value);
  if (typeof value !== 'string') throw new CastError(value, 'System.String');
  // Line breaks become single blanks, except in the long fields.
  return maxLength === undefined ? value : value.replace(/\r\n|\r|\n/g, ' ');
}

function toNumber(value: unknown, wanted: string, whole: boolean): number {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  if (typeof number !== 'number' || Number.isNaN(number) || (whole && !Number.isInteger(number))) {
    throw new CastError(value, wanted);
  }
  return number;
}

function toFlag(value: unknown): boolean {
  if (typeof value === 'boolean') return value;
  const text = typeof value === 'string' ? value.toLowerCase() : '';
  if (text !== 'true' && text !== 'false') throw new CastError(value, NULLABLE('Boolean'));
  return text === 'true';
}

function toTime(value: unknown): string {
  const text = typeof value === 'string' && DATE_TIME.test(value) ? value : undefined;
  const zoned = text && (/(Z|[-+]\d\d:?\d\d)$/.test(text) ? text : `${text}Z`);
  const ms = zoned ? Date.parse(zoned) : Number.NaN;
  if (Number.isNaN(ms)) throw new TimeFormatError();
  return `${new Date(ms).toISOString().slice(0, 19)}Z`;
}

function toArray(value: unknown, wanted: string): readonly unknown[] {
  if (!Array.isArray(value)) throw new CastError(value, wanted);
  return value as readonly unknown[];
}

/** An element of an array: scalars cast, references left as they came. */
function castItem({ of = {}, itemType = 'System.Object' }: Field, item: JsonObject): JsonObject {
  const cast = Object.entries(item).map(([name, value]) => {
    const [known, field] = Object.entries(of).find(([other]) => other.toLowerCase() === name.toLowerCase()) ?? [];
    if (known === undefined || !field) throw new UnknownMemberError(itemType, name);
    return [known, value === null ? null : castValue(field, value)] as const;
  });
  return Object.fromEntries(cast);
}

/** A scalar or plain array as rows hold it. References are resolved elsewhere. Throws `CastError`, `TimeFormatError`. */
export function castValue(field: Field, value: unknown): unknown {
  switch (field.kind) {
    case 'text':
    case 'guid':
      return toText(value, field);
    case 'integer':
      return toNumber(value, NULLABLE('Int32'), true);
    case 'number':
      return toNumber(value, NULLABLE('Decimal'), false);
    case 'flag':
      return toFlag(value);
    case 'time':
      return toTime(value);
    case 'texts':
      return toArray(value, 'System.String[]').map((item) => toText(item, field));
    case 'integers':
      return toArray(value, 'System.Int32[]').map((item) => toNumber(item, NULLABLE('Int32'), true));
    case 'items':
      return toArray(value, `${field.itemType ?? 'System.Object'}[]`).map((item) => {
        if (!isObject(item)) throw new CastError(item, field.itemType ?? 'System.Object');
        return castItem(field, item);
      });
    default:
      return value;
  }
}
