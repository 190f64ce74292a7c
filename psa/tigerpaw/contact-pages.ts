import { chunks } from '../chunks.ts';
import type { PageRequest, PsaPage } from '../contract.ts';
import { endingAtFailures, type PageSoFar } from '../ending-at-failures.ts';
import { isRefusal, isUnreadable, type PsaError } from '../errors.ts';
import { readInOrder } from '../in-flight.ts';
import type { RowsRead } from '../record-reader.ts';
import type { TigerpawClient } from './client.ts';
import { openContact } from './contacts.ts';
import type { ListedContacts } from './listed-contacts.ts';

const ACCOUNTS_PER_PAGE = 50;
const CONTACTS_PER_PAGE = 200; // one transaction's worth, and well under a minute of requests

/** Where reading stands: behind an account, and maybe within the next one. */
interface Place {
  readonly account: string | null;
  readonly within: Contact | null;
}

interface Contact {
  readonly account: string;
  readonly contact: string;
}

/** An account with what is to be opened of it, or why that can't be told. */
interface Listed {
  readonly account: string;
  readonly contacts: readonly Contact[];
  readonly refused?: PsaError;
}

const NOTHING: RowsRead = { records: [], rejects: [] };

/**
 * Pages of contacts, account by account. Each contact takes a request of its own, so that a page may end within an account: where
 * a failure came, or where it holds enough. An account that refuses (403, 404) fails nobody else.
 */
export function createContactPages(
  client: TigerpawClient,
  listed: ListedContacts,
  requestsInFlight: number,
): (request: PageRequest) => Promise<PsaPage> {
  async function list(account: string, from: Place, request: PageRequest): Promise<Listed> {
    try {
      const after = from.within?.account === account ? Number(from.within.contact) : 0;
      const numbers = await listed.numbers(account, request);
      const ahead = numbers.filter((number) => Number(number) > after);
      return { account, contacts: ahead.map((contact) => ({ account, contact })) };
    } catch (error) {
      if (!isRefusal(error) && !(request.lastTry && isUnreadable(error))) throw error;
      return { account, contacts: [], refused: error };
    }
  }

  async function page(request: PageRequest): Promise<PageSoFar> {
    const from = placeOf(request.cursor);
    const accounts = await request.parents(from.account, ACCOUNTS_PER_PAGE);
    const refusing = new Map<string, PsaError>();
    const opened: RowsRead[] = [];
    const ended: string[] = [];
    let within: Contact | null = null;
    let failure: PsaError | null = null;

    async function open({ account, contact }: Contact): Promise<RowsRead> {
      if (refusing.has(account)) return NOTHING;
      try {
        return await openContact(client, contact, request);
      } catch (error) {
        if (!isRefusal(error)) throw error;
        refusing.set(account, error);
        return NOTHING;
      }
    }

    for (const some of chunks(accounts, requestsInFlight)) {
      const lists = await readInOrder(some, requestsInFlight, (account) => list(account, from, request));
      const contacts = lists.outcomes.flatMap((account) => account.contacts);
      const read = await readInOrder(contacts.slice(0, CONTACTS_PER_PAGE - opened.length), requestsInFlight, open);
      opened.push(...read.outcomes);
      const [last, next] = [contacts[read.outcomes.length - 1], contacts[read.outcomes.length]];
      for (const { account, refused } of lists.outcomes) {
        if (account === next?.account) break;
        if (refused) refusing.set(account, refused);
        listed.forget(account);
        ended.push(account);
      }
      within = next !== undefined && last?.account === next.account ? last : null;
      failure = read.failure ?? lists.failure;
      if (failure !== null || next !== undefined) break;
    }
    if (failure !== null && opened.length === 0 && ended.length === 0) throw failure;
    const isEnd = ended.length === accounts.length && accounts.length < ACCOUNTS_PER_PAGE;
    return {
      records: opened.flatMap(({ records }) => records),
      rejects: opened.flatMap(({ rejects }) => rejects),
      failedParents: [...refusing].map(([psaId, error]) => ({ psaId, error })),
      parents: ended.filter((account) => !refusing.has(account)),
      next: isEnd ? null : cursorOf({ account: ended.at(-1) ?? from.account, within }),
      failure,
    };
  }
  return endingAtFailures(page);
}

function placeOf(cursor: string | null): Place {
  const [behind = '', account, contact] = cursor?.split('/') ?? [];
  return {
    account: behind === '' ? null : behind,
    within: account !== undefined && contact !== undefined ? { account, contact } : null,
  };
}

function cursorOf({ account, within }: Place): string {
  return [account ?? '', ...(within === null ? [] : [within.account, within.contact])].join('/');
}
