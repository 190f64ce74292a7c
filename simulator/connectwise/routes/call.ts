import type { ApiRequest, Reply } from '../../psa.ts';
import type { Context } from '../context.ts';
import type { Lister } from '../read/lister.ts';
import type { Endpoint } from './endpoints.ts';

/** One request on its way to a handler. */
export interface Call {
  readonly request: ApiRequest;
  readonly context: Context;
  readonly lister: Lister;
  readonly endpoint: Endpoint;
  /** The numbers in the path, in order. */
  readonly ids: readonly number[];
}

export type Handler = (call: Call) => Reply;
export type Verb = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
