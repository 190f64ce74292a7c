import { readFileSync } from 'node:fs';
import { Ajv, type ValidateFunction } from 'ajv';
import addFormatsModule from 'ajv-formats';

type Schema = Record<string, unknown>;

interface Operation {
  readonly requestBody?: { readonly content: Record<string, { readonly schema: Schema }> };
  readonly responses: Record<string, { readonly content?: Record<string, { readonly schema: Schema }> }>;
}

interface Document {
  readonly paths: Record<string, Record<string, Operation>>;
  readonly components: { readonly schemas: Record<string, Schema> };
}

const document = JSON.parse(readFileSync(new URL('./openapi.json', import.meta.url), 'utf8')) as Document;

/** OpenAPI 3.0 says `nullable`, JSON Schema a type more; objects are closed, so that made-up fields are found. */
function translate(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(translate);
  if (typeof value !== 'object' || value === null) return value;
  const { nullable, ...rest } = value as Schema;
  const translated: Schema = Object.fromEntries(Object.entries(rest).map(([key, inner]) => [key, translate(inner)]));
  if (nullable === true && typeof translated['type'] === 'string') translated['type'] = [translated['type'], 'null'];
  if (nullable === true && Array.isArray(translated['enum']))
    translated['enum'] = [...(translated['enum'] as unknown[]), null];
  if (translated['properties'] && !translated['additionalProperties']) translated['additionalProperties'] = false;
  return translated;
}

const ajv = new Ajv({ strict: false, allErrors: true });
addFormatsModule.default(ajv);
ajv.addFormat('int32', { type: 'number', validate: (value) => Number.isInteger(value) && Math.abs(value) < 2 ** 31 });
ajv.addFormat('double', { type: 'number', validate: Number.isFinite });
ajv.addSchema({ $id: 'vendor', components: translate(document.components) as Schema });

const validators = new Map<string, ValidateFunction>();

/** Paths of the vendor's document that have this verb. */
export function pathsWith(verb: string): string[] {
  return Object.entries(document.paths)
    .filter(([, operations]) => verb in operations)
    .map(([path]) => path);
}

/** What is wrong with an answer under the vendor's document; an empty list if nothing. */
export function problems(verb: string, path: string, status: number, body: unknown): string[] {
  const response = document.paths[path]?.[verb]?.responses[String(status)];
  if (!response) return [`${verb} ${path}: ${status} is not in the document`];
  const schema = Object.values(response.content ?? {})[0]?.schema;
  if (!schema) return body === undefined ? [] : ['a body where none is declared'];
  return invalid(`${verb} ${path} ${status}`, schema, body);
}

/** What is wrong with the body of a request under the vendor's document; an empty list if nothing. */
export function requestProblems(verb: string, path: string, body: unknown): string[] {
  const operation = document.paths[path]?.[verb];
  if (!operation) return [`${verb} ${path} is not in the document`];
  const schema = operation.requestBody?.content['application/json']?.schema;
  if (!schema) return body === undefined ? [] : ['a body where none is declared'];
  return invalid(`${verb} ${path}`, schema, body);
}

/** The path of the document that an address is of, with its parameters in braces. */
export function documentedPath(address: string): string | undefined {
  const parts = address.split('/');
  const fits = (path: string): boolean => {
    const names = path.split('/');
    return names.length === parts.length && names.every((name, at) => name.startsWith('{') || name === parts[at]);
  };
  const paths = Object.keys(document.paths).filter(fits);
  return paths.sort((a, b) => a.split('{').length - b.split('{').length)[0];
}

function invalid(key: string, schema: Schema, body: unknown): string[] {
  let validate = validators.get(key);
  if (!validate) {
    const rooted = JSON.parse(JSON.stringify(translate(schema)).replaceAll('"#/', '"vendor#/')) as Schema;
    validate = ajv.compile(rooted);
    validators.set(key, validate);
  }
  if (validate(body)) return [];
  return (validate.errors ?? []).map(
    (error) => `${error.instancePath} ${error.message ?? ''} ${JSON.stringify(error.params)}`,
  );
}
