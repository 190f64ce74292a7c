import type { Handler, Verb } from './call.ts';
import type { Endpoint } from './endpoints.ts';

type Handlers = Partial<Record<Verb, Handler>>;

interface Node {
  readonly words: Map<string, Node>;
  number?: Node;
  route?: { readonly endpoint: Endpoint; readonly handlers: Handlers };
}

export interface Match {
  readonly endpoint: Endpoint;
  readonly handlers: Handlers;
  readonly ids: readonly number[];
}

const emptyNode = (): Node => ({ words: new Map() });

/** Finds routes by path; letters' case does not matter, words go before numbers. */
export class Router {
  readonly #root = emptyNode();

  /** In the path `{}` stands for an id. Handlers for the same path are added to those that are there. */
  add(path: string, endpoint: Endpoint, handlers: Handlers): void {
    let node = this.#root;
    for (const part of path.toLowerCase().split('/').filter(Boolean)) {
      if (part === '{}') {
        node = node.number ??= emptyNode();
        continue;
      }
      let next = node.words.get(part);
      if (!next) node.words.set(part, (next = emptyNode()));
      node = next;
    }
    node.route = { endpoint, handlers: { ...node.route?.handlers, ...handlers } };
  }

  find(parts: readonly string[]): Match | undefined {
    let node: Node | undefined = this.#root;
    const ids: number[] = [];
    for (const part of parts) {
      let next: Node | undefined = node.words.get(part.toLowerCase());
      if (!next && /^\d{1,15}$/.test(part)) {
        next = node.number;
        ids.push(Number(part));
      }
      if (!next) return undefined;
      node = next;
    }
    return node.route && { ...node.route, ids };
  }
}
