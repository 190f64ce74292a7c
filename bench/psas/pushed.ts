import type { LoggedRequest } from '../simulator.ts';

/** How the change of a contact is recognised among the requests that a simulated PSA logs. */
interface Pushed {
  /** PSA id of the contact that a request changes; null of every other request. */
  contactOf(request: LoggedRequest): string | null;
  /** Whether the log has to keep bodies for that, which take memory. */
  readonly byBody: boolean;
}

const byPath = (method: string, path: RegExp): Pushed => ({
  contactOf: (request) => (request.method === method ? (path.exec(request.path)?.[1] ?? null) : null),
  byBody: false,
});

const byBody = (method: string, path: RegExp): Pushed => ({
  contactOf({ method: sent, path: to, requestBody }) {
    const id = (requestBody as { readonly id?: number } | undefined)?.id;
    return sent === method && path.test(to) && id !== undefined ? String(id) : null;
  },
  byBody: true,
});

/** The PSAs that edits are pushed to, by their names in the contract suite. Vorex is Kaseya BMS under another name. */
const PUSHED: Readonly<Record<string, Pushed>> = {
  connectwise: byPath('PATCH', /^\/company\/contacts\/(\d+)$/),
  autotask: byBody('PATCH', /^\/Companies\/\d+\/Contacts$/),
  'kaseya-bms': byPath('PATCH', /^\/crm\/contacts\/(\d+)$/),
  pulseway: byPath('PATCH', /^\/crm\/contacts\/(\d+)$/),
};

export const PUSHED_TO: readonly string[] = Object.keys(PUSHED);

export function pushedTo(name: string): Pushed {
  const found = PUSHED[name];
  if (!found) throw new Error(`no edits are pushed to ${name}`);
  return found;
}
