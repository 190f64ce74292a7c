import { readFileSync } from 'node:fs';
import { Ajv, type ValidateFunction } from 'ajv';
import addFormatsModule from 'ajv-formats';

export type Schema = Readonly<Record<string, unknown>>;

type Content = Readonly<Record<string, { readonly schema: Schema }>>;

interface Parameter {
  readonly name: string;
  readonly in: 'query' | 'header' | 'path';
}

export interface Operation {
  readonly parameters: readonly (Parameter | { readonly $ref: string })[];
  readonly requestBody?: { readonly content: Content };
  readonly responses: Readonly<Record<string, { readonly content?: Content }>>;
}

interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: {
    readonly schemas: Readonly<Record<string, Schema>>;
    readonly parameters: Readonly<Record<string, Parameter>>;
  };
}

/** OpenAPI 3.0 says `nullable`, JSON Schema a type more; objects are closed, so that made-up fields are found. */
function translate(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(translate);
  if (typeof value !== 'object' || value === null) return value;
  const { nullable, ...rest } = value as Schema;
  const translated: Record<string, unknown> = Object.fromEntries(
    Object.entries(rest).map(([key, inner]) => [key, translate(inner)]),
  );
  if (nullable === true && typeof translated['type'] === 'string') translated['type'] = [translated['type'], 'null'];
  if (nullable === true && Array.isArray(translated['enum']))
    translated['enum'] = [...(translated['enum'] as unknown[]), null];
  if (translated['properties'] && !translated['additionalProperties']) translated['additionalProperties'] = false;
  return translated;
}

/** A vendor's OpenAPI document, to hold answers and requests against. */
export function openVendorSchema(url: URL) {
  const document = JSON.parse(readFileSync(url, 'utf8')) as Document;

  const ajv = new Ajv({ strict: false, allErrors: true });
  addFormatsModule.default(ajv);
  ajv.addFormat('int32', { type: 'number', validate: (value) => Number.isInteger(value) && Math.abs(value) < 2 ** 31 });
  ajv.addFormat('double', { type: 'number', validate: Number.isFinite });
  ajv.addSchema({ $id: 'vendor', components: translate(document.components) as Schema });

  const validators = new Map<string, ValidateFunction>();

  /** The operation of a verb at a path with ids in it, and the path as the document writes it; verbs in lower case. */
  function operationAt(verb: string, path: string): { template: string; operation: Operation } | undefined {
    const fits = (template: string): boolean =>
      new RegExp(`^${template.replace(/\{\w+\}/g, '\\d+')}$`).test(path) &&
      document.paths[template]?.[verb] !== undefined;
    const template = Object.keys(document.paths).find(fits);
    const operation = template === undefined ? undefined : document.paths[template]?.[verb];
    return template !== undefined && operation ? { template, operation } : undefined;
  }

  /** Names of the query parameters that an operation declares. */
  function queryParameters({ parameters }: Operation): string[] {
    const known = parameters.map((parameter) =>
      '$ref' in parameter ? document.components.parameters[parameter.$ref.split('/').at(-1) ?? ''] : parameter,
    );
    return known.flatMap((parameter) => (parameter?.in === 'query' ? [parameter.name] : []));
  }

  /** The schema that a reference leads to, or the one given. */
  function resolved(schema: Schema): Schema {
    const { $ref } = schema;
    if (typeof $ref !== 'string') return schema;
    return document.components.schemas[$ref.split('/').at(-1) ?? ''] ?? {};
  }

  /** What is wrong with a value under a schema of the document; an empty list if nothing. */
  function violations(schema: Schema, value: unknown): string[] {
    const key = JSON.stringify(schema);
    let validate = validators.get(key);
    if (!validate) {
      validate = ajv.compile(JSON.parse(JSON.stringify(translate(schema)).replaceAll('"#/', '"vendor#/')) as Schema);
      validators.set(key, validate);
    }
    if (validate(value)) return [];
    return (validate.errors ?? []).map(
      (error) => `${error.instancePath} ${error.message ?? ''} ${JSON.stringify(error.params)}`,
    );
  }

  /** Paths of the vendor's document that have this verb. */
  function pathsWith(verb: string): string[] {
    return Object.entries(document.paths)
      .filter(([, operations]) => verb in operations)
      .map(([path]) => path);
  }

  /** What is wrong with an answer under the vendor's document; an empty list if nothing. */
  function problems(verb: string, path: string, status: number, body: unknown): string[] {
    const response = document.paths[path]?.[verb]?.responses[String(status)];
    if (!response) return [`${verb} ${path}: ${status} is not in the document`];
    const schema = Object.values(response.content ?? {})[0]?.schema;
    if (!schema) return body === undefined ? [] : ['a body where none is declared'];
    return violations(schema, body);
  }

  return { operationAt, queryParameters, resolved, violations, pathsWith, problems };
}
