import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';

/** The part of an OpenAPI document that says what is answered. */
export interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
}

interface Operation {
  readonly responses: Readonly<Record<string, { readonly content?: Readonly<Record<string, { schema: object }>> }>>;
}

interface GivenAnswer {
  readonly method: string;
  readonly path: string;
  readonly status: number;
  readonly body: unknown;
}

/** Tells what is wrong with an answer by an OpenAPI document; an answer that the document does not foresee is wrong too. */
export function answerProblems(given: unknown): (answer: GivenAnswer) => string[] {
  const { paths } = given as Document;
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  formats.default(ajv);
  const compiled = new Map<object, ValidateFunction>();
  return ({ method, path, status, body }) => {
    const [address = ''] = path.split('?');
    const operation = operationAt(paths, address)?.[method.toLowerCase()];
    // What has no route is answered by the framework's 404, and before that by whoever asks for a key.
    if (!operation) return status === 404 || status === 401 ? [] : [`${method} ${address} is not in the document`];
    const response = operation.responses[String(status)] ?? operation.responses[`${String(status)[0]}XX`];
    const schema = response?.content?.['application/json']?.schema;
    if (!schema) return [`${method} ${address} is not known to answer ${status}`];
    const validate = compiled.get(schema) ?? ajv.compile(schema);
    compiled.set(schema, validate);
    return validate(body) ? [] : (validate.errors ?? []).map((error) => `${error.instancePath} ${error.message}`);
  };
}

/** The path whose template fits, one without parameters before others. */
function operationAt(paths: Document['paths'], address: string) {
  const fitting = Object.keys(paths)
    .filter((template) => new RegExp(`^${template.replace(/\{\w+\}/g, '[^/]+')}$`).test(address))
    .sort((a, b) => a.split('{').length - b.split('{').length);
  return fitting[0] === undefined ? undefined : paths[fitting[0]];
}
