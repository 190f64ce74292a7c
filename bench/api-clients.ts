import { performance } from 'node:perf_hooks';
import { Pool } from 'undici';

/** A contact that can be edited: our id, and the id by which the PSA is asked. */
export interface Editable {
  readonly id: string;
  readonly psaId: string;
}

export interface Answered {
  readonly status: number;
  readonly ms: number;
}

/** Callers of the HTTP API, each with a connection of its own. */
export class ApiClients {
  readonly #pool: Pool;
  readonly #key: string;

  constructor(url: string, key: string, connections: number) {
    this.#pool = new Pool(url, { connections });
    this.#key = key;
  }

  /** Sends a request and reads its answer to the end. */
  async ask(method: 'GET' | 'PATCH', path: string, body?: object): Promise<Answered> {
    const startedAt = performance.now();
    const answer = await this.#pool.request({
      method,
      path,
      headers: { 'x-api-key': this.#key, 'content-type': 'application/vnd.api+json' },
      ...(body && { body: JSON.stringify(body) }),
    });
    await answer.body.dump();
    return { status: answer.statusCode, ms: performance.now() - startedAt };
  }

  /** Gives a contact a title, as a technician's script would. */
  setTitle(contact: Editable, title: string): Promise<Answered> {
    return this.ask('PATCH', `/contacts/${contact.id}`, { data: { type: 'contacts', attributes: { title } } });
  }

  close(): Promise<void> {
    return this.#pool.close();
  }
}
