import type { ParentRequest } from '../parent-pages.ts';
import type { TigerpawClient } from './client.ts';
import { activeContacts, numberOf } from './contacts.ts';

type Asker = Pick<ParentRequest<never>, 'run' | 'signal'>;

/** The active contacts of accounts, as a run needs them twice: for their addresses, and to open each. */
export interface ListedContacts {
  /** As lists have them. */
  rows(account: string, asker: Asker): Promise<readonly unknown[]>;
  /** The same ones' numbers. */
  numbers(account: string, asker: Asker): Promise<readonly string[]>;
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

  return {
    async rows(account, asker) {
      forgetOther(asker.run);
      const rows = await listed(account, asker);
      if (since === asker.run) numbers.set(account, rows.map(numberOf));
      return rows;
    },
    async numbers(account, asker) {
      forgetOther(asker.run);
      const known = numbers.get(account);
      numbers.delete(account);
      return known ?? (await listed(account, asker)).map(numberOf);
    },
  };
}
