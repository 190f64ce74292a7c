import type { TigerpawClient } from './client.ts';
import { activeContacts, numberOf } from './contacts.ts';

interface Asker {
  readonly run?: string | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** The active contacts of accounts, as a run needs them twice: for their addresses, and to open each. */
export interface ListedContacts {
  /** As lists have them. */
  rows(account: string, asker: Asker): Promise<readonly unknown[]>;
  /** The same ones' numbers; they are kept until `forget`, as opening all of them may take several pages. */
  numbers(account: string, asker: Asker): Promise<readonly string[]>;
  /** All of an account were opened. */
  forget(account: string): void;
}

/**
 * Asks for each list once a run, as long as locations are ahead of contacts, which take far more requests, or both come for
 * it at the same time. Only numbers are kept: what a contact holds is read when it is opened.
 */
export function createListedContacts(client: TigerpawClient): ListedContacts {
  const asking = new Map<string, Promise<readonly unknown[]>>();
  const numbers = new Map<string, readonly string[]>();
  let since: string | undefined;

  function ask(account: string, { run, signal }: Asker): Promise<readonly unknown[]> {
    const key = `${run} ${account}`;
    const list = activeContacts(client, account, signal).finally(() => asking.delete(key));
    asking.set(key, list);
    return list;
  }

  async function listed(account: string, asker: Asker): Promise<readonly unknown[]> {
    const underWay = asking.get(`${asker.run} ${account}`);
    // What keeps the other one from it, an abort maybe, is no reason of ours.
    return (await underWay?.catch(() => undefined)) ?? ask(account, asker);
  }

  function forgetOther(run: string | undefined): void {
    if (run !== since) numbers.clear();
    since = run;
  }

  async function rows(account: string, asker: Asker): Promise<readonly unknown[]> {
    forgetOther(asker.run);
    const list = await listed(account, asker);
    if (since === asker.run) numbers.set(account, list.map(numberOf));
    return list;
  }

  return {
    rows,
    async numbers(account, asker) {
      forgetOther(asker.run);
      return numbers.get(account) ?? (await rows(account, asker)).map(numberOf);
    },
    forget: (account) => void numbers.delete(account),
  };
}
