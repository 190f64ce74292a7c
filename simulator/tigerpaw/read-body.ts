import type { z } from 'zod';
import { parseJson } from '../parse-json.ts';
import type { ApiRequest } from '../psa.ts';
import { Refusal } from '../refusal.ts';
import { failed, invalidRequest } from './answers.ts';
import type { Model } from './fields.ts';

/** Names as answers spell them: bodies may begin them with a small letter. */
function pascalNames(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(pascalNames);
  if (typeof value !== 'object' || value === null) return value;
  const capital = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1);
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [capital(name), pascalNames(inner)]));
}

/** The body of a request under a schema; what does not fit is a request that is not valid, whatever the matter. */
export function readBody<Schema extends z.ZodType>({ body }: ApiRequest, schema: Schema): z.output<Schema> {
  const parsed = schema.safeParse(pascalNames(parseJson(body)));
  if (!parsed.success) throw new Refusal(invalidRequest());
  return parsed.data;
}

/** Refuses an object that leaves blank what must be there. */
export function checkRequired<Values extends Readonly<Record<string, unknown>>>(
  { required }: Model,
  values: Values,
): Values {
  const missing = required.filter((name) => values[name] === null || values[name] === '');
  if (missing.length > 0) throw new Refusal(failed(missing.map((name) => `${name} is required.`).join(' ')));
  return values;
}
