import type { PageRequest } from '../contract.ts';
import { addressIn } from './address-places.ts';
import { anyId } from './ids.ts';
import { readAddresses, type Addresses } from './read-addresses.ts';

/** Addresses of companies, and of their contacts. */
export interface AddressesOf {
  readonly offices: Addresses;
  readonly homes: Addresses;
}

/**
 * What a run has read of addresses in the rows of companies and contacts, so that its locations take no requests. They are as
 * old as those rows then; nothing here writes to them, so that no answer of a push can be undone.
 */
export interface KnownAddresses {
  /** Completed rows of a page. */
  note(page: Pick<PageRequest, 'kind' | 'run' | 'cursor'>, rows: readonly unknown[], next: string | null): void;
  /** Those of some companies and of all their contacts; null if not all of them were read here. */
  of(companies: readonly string[], run: string | undefined): AddressesOf | null;
  forget(): void;
}

/** What a run has read since its first page of companies: another process may read the next. */
interface Memory {
  readonly run: string | undefined;
  readonly offices: Map<string, Addresses>;
  /** By the cursor that a page of contacts began at. */
  readonly homes: Map<string | null, { readonly addresses: Addresses; readonly next: string | null }>;
}

export function createKnownAddresses(): KnownAddresses {
  let memory: Memory | null = null;

  return {
    note({ kind, run, cursor }, rows, next) {
      if (kind === 'organization' && cursor === null) memory = { run, offices: new Map(), homes: new Map() };
      // A sync of contacts alone has no use for addresses.
      if (memory === null || memory.run !== run) return;
      if (kind === 'contact')
        memory.homes.set(cursor, { addresses: readAddresses('contact', rows.map(addressIn)), next });
      if (kind !== 'organization') return;
      for (const row of rows) memory.offices.set(anyId(row) ?? '', readAddresses('organization', [addressIn(row)]));
    },
    of(companies, run) {
      if (memory === null || memory.run !== run) return null;
      const { offices } = memory;
      const homes = pagesOf(memory);
      if (homes === null || !companies.every((company) => offices.has(company))) return null;
      const asked = new Set(companies);
      return {
        offices: joined(companies.flatMap((company) => offices.get(company) ?? [])),
        homes: joined(homes.map((page) => among(page, asked))),
      };
    },
    forget() {
      memory = null;
    },
  };
}

/** All pages of contacts; null while there is one that was not read. */
function pagesOf({ homes }: Memory): Addresses[] | null {
  const pages: Addresses[] = [];
  for (let cursor: string | null = null; ;) {
    const page = homes.get(cursor);
    if (!page) return null;
    pages.push(page.addresses);
    if (page.next === null) return pages;
    cursor = page.next;
  }
}

/** A contact of nobody knows which company is a reject of its own. */
const among = ({ located, unread }: Addresses, companies: ReadonlySet<string>): Addresses => ({
  located: located.filter(({ company }) => companies.has(company)),
  unread: unread.filter(({ company }) => company !== null && companies.has(company)),
});

const joined = (parts: readonly Addresses[]): Addresses => ({
  located: parts.flatMap(({ located }) => located),
  unread: parts.flatMap(({ unread }) => unread),
});
