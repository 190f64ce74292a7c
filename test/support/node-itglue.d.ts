/** The part of the untyped npm client that tests use. */
declare module 'node-itglue' {
  interface Request {
    readonly path: string;
    readonly params?: Readonly<Record<string, string | number>>;
    readonly body?: unknown;
  }

  export default class ITGlue {
    constructor(options: { readonly apikey: string });
    readonly config: { baseURL: string };
    get(request: Request): Promise<unknown>;
    post(request: Request): Promise<unknown>;
    patch(request: Request): Promise<unknown>;
  }
}
