import { operationAt, queryParameters, resolved, violations, type Operation, type Schema } from './vendor-schema.ts';

/** A request as the simulator's log has it; log bodies must be on for those that write. */
export interface SentRequest {
  readonly method: string;
  /** Below the API's root. */
  readonly path: string;
  /** Raw, without the question mark. */
  readonly query?: string;
  readonly requestBody?: unknown;
}

const isSchema = (value: unknown): value is Schema => typeof value === 'object' && value !== null;

/** The schema of what a PATCH path leads to; undefined if the record has no such member. */
function schemaAt(record: Schema, path: string): Schema | undefined {
  let at: Schema | undefined = record;
  for (const part of path.replace(/^\//, '').split('/')) {
    const { properties, items }: Schema = at ? resolved(at) : {};
    const inner: unknown = isSchema(items) ? items : isSchema(properties) ? properties[part] : undefined;
    at = isSchema(inner) ? inner : undefined;
  }
  return at;
}

/** The document leaves a patched value open; the record's own schema does not. Null takes a value away. */
function patchProblems(record: Schema, operations: readonly unknown[]): string[] {
  return operations.flatMap((operation, at) => {
    const { op, path, value } = operation as { op?: unknown; path?: unknown; value?: unknown };
    if (typeof path !== 'string') return [`operation ${at}: no path`];
    const schema = schemaAt(record, path);
    if (!schema) return [`operation ${at}: ${path} is not a member of the record`];
    if (op === 'remove') return [];
    if (value === undefined) return [`operation ${at}: ${String(op)} needs a value`];
    if (value === null) return [];
    return violations(schema, value).map((problem) => `operation ${at}, ${path}:${problem}`);
  });
}

function bodyProblems(method: string, { requestBody: declared, responses }: Operation, body: unknown): string[] {
  const schema = Object.values(declared?.content ?? {})[0]?.schema;
  if (!schema) return body === undefined || method === 'delete' ? [] : ['a body where none is declared'];
  if (body === undefined) return ['no body: does the log keep them? (logBodies)'];
  const problems = violations(schema, body);
  const record = Object.values(responses['200']?.content ?? {})[0]?.schema;
  if (problems.length > 0 || method !== 'patch' || !record || !Array.isArray(body)) return problems;
  return patchProblems(record, body);
}

/** What is wrong with a request under the vendor's document; an empty list if nothing. */
export function requestProblems({ method, path, query = '', requestBody }: SentRequest): string[] {
  const verb = method.toLowerCase();
  const found = operationAt(verb, path);
  if (!found) return ['no such operation in the document'];
  const declared = queryParameters(found.operation);
  const strange = [...new URLSearchParams(query).keys()].filter((name) => !declared.includes(name));
  return [
    ...strange.map((name) => `query parameter ${name} is not in the document`),
    ...bodyProblems(verb, found.operation, requestBody),
  ];
}

/** Throws, with all that is wrong, for a request that is not valid under the vendor's document. */
export function assertValidRequest(request: SentRequest): void {
  const problems = requestProblems(request);
  if (problems.length === 0) return;
  throw new Error(`${request.method} ${request.path} is not valid for the vendor:\n  ${problems.join('\n  ')}`);
}
