import type { PsaRecord } from '../../domain/psa-record.ts';
import { isAddressId, oneForEachAddress, organizationOfAddress } from '../address-location.ts';
import type { ByIds, ByIdsRequest, PageRequest, PsaPage } from '../contract.ts';
import { isUnreadable, PsaError } from '../errors.ts';
import { ADDRESS_FIELDS, locationOf, type Address } from './addresses.ts';
import type { AutotaskClient } from './client.ts';
import { ENTITIES } from './entities.ts';
import { PSA } from './errors.ts';
import { anyId } from './ids.ts';
import type { AddressesOf, KnownAddresses } from './known-addresses.ts';
import type { Lists } from './lists.ts';
import { readAddresses, type Addresses, type Unread } from './read-addresses.ts';
import { whole } from './whole.ts';
import { withCountry } from './with-country.ts';

/** Companies whose addresses one page holds, with those of their contacts. */
const COMPANIES_PER_PAGE = 100;

/** More than this is no bad company but a bad server, and the page fails after all. */
const MAX_UNREADABLE = 20;

/** What came of some companies. */
type Part = Pick<PsaPage, 'records' | 'rejects' | 'failedParents'>;

/** Locations made of the addresses of companies and of their contacts, each known by its company and its address. */
export interface AddressLocations {
  page(request: PageRequest): Promise<PsaPage>;
  byIds(request: ByIdsRequest): Promise<ByIds>;
}

export function createAddressLocations(client: AutotaskClient, lists: Lists, known: KnownAddresses): AddressLocations {
  async function ask(ids: readonly string[], signal?: AbortSignal): Promise<AddressesOf> {
    const named = whole(withCountry(await lists.countries(signal)));
    const filter = [{ op: 'exist', field: 'addressLine' } as const];
    const rowsOf = { scope: 'page', signal } as const;
    const [companies, contacts] = [
      { ...rowsOf, entity: ENTITIES.companies, fields: ADDRESS_FIELDS.organization },
      { ...rowsOf, entity: ENTITIES.contacts, fields: ADDRESS_FIELDS.contact, filter },
    ];
    const offices = (await client.queryAmong(companies, 'id', ids)).map(named);
    const homes = (await client.queryAmong(contacts, 'companyID', ids)).map(named);
    return { offices: officesOf(ids, offices), homes: readAddresses('contact', homes) };
  }

  const read = async (ids: readonly string[], { run, signal }: PageRequest): Promise<Part> =>
    partOf(known.of(ids, run) ?? (await ask(ids, signal)));

  /** The same in smaller and smaller parts, until the companies that can't be read stand alone. */
  async function inParts(ids: readonly string[], request: PageRequest): Promise<Part> {
    let unreadable = 0;
    return half(ids);

    async function half(part: readonly string[]): Promise<Part> {
      try {
        return await read(part, request);
      } catch (error) {
        const [only] = part;
        if (!isUnreadable(error) || only === undefined || unreadable >= MAX_UNREADABLE) throw error;
        if (part.length === 1) {
          unreadable += 1;
          return { records: [], rejects: [], failedParents: [{ psaId: only, error }] };
        }
        const middle = Math.ceil(part.length / 2);
        const [one, other] = [await half(part.slice(0, middle)), await half(part.slice(middle))];
        return {
          records: [...one.records, ...other.records],
          rejects: [...one.rejects, ...other.rejects],
          failedParents: [...one.failedParents, ...other.failedParents],
        };
      }
    }
  }

  return {
    async page(request) {
      const ids = await request.parents(request.cursor, COMPANIES_PER_PAGE);
      const part = await (request.lastTry ? inParts(ids, request) : read(ids, request));
      const failed = new Set(part.failedParents.map(({ psaId }) => psaId));
      const next = ids.length < COMPANIES_PER_PAGE ? null : (ids.at(-1) ?? null);
      if (next === null) known.forget();
      return { ...part, parents: ids.filter((id) => !failed.has(id)), next };
    },
    async byIds({ ids, signal }) {
      const asked = ids.map(({ psaId }) => psaId);
      // Company locations, from before the integration's setting was changed, are none of these.
      const companies = asked.filter(isAddressId).map(organizationOfAddress);
      const addresses = await ask([...new Set(companies)], signal);
      const there = new Map(partOf(addresses).records.map((record) => [record.psaId, record]));
      const absent = asked.filter((psaId) => !there.has(psaId));
      const unread = [...addresses.offices.unread, ...addresses.homes.unread];
      const mayBeThere = (psaId: string) => isAddressId(psaId) && isInDoubt(unread, organizationOfAddress(psaId));
      return {
        records: asked.flatMap((psaId) => there.get(psaId) ?? []),
        rejects: [],
        missing: absent.filter((psaId) => !mayBeThere(psaId)),
        unknown: absent.filter(mayBeThere),
      };
    },
  };
}

/** A row without an id that can be read may be of any company that was asked for and did not come. */
function officesOf(ids: readonly string[], rows: readonly unknown[]): Addresses {
  const { located, unread } = readAddresses('organization', rows);
  const came = new Set(rows.map(anyId));
  const absent = ids.filter((id) => !came.has(id));
  return {
    located,
    unread: unread.flatMap(({ company, reject }) =>
      company === null ? absent.map((id) => ({ company: id, reject })) : [{ company, reject }],
    ),
  };
}

/**
 * All locations, each once, by company and then by address. A company that can't be read fails with all of its own: where a
 * contact has its address, the company's phone and fax go with it, and they would count as blank.
 */
function partOf({ offices, homes }: AddressesOf): Part {
  const failed = new Map(offices.unread.map(({ company, reject }) => [company ?? '', reject.reason]));
  const addresses = [...offices.located, ...homes.located].filter(({ company }) => !failed.has(company));
  return {
    records: oneForEachAddress(addresses.map(recordOf)),
    rejects: homes.unread.map(({ reject }) => reject),
    failedParents: [...failed].map(([psaId, reason]) => ({ psaId, error: unreadable(reason) })),
  };
}

const unreadable = (reason: string): PsaError =>
  new PsaError('bad_answer', `${PSA} gives what can't be read: ${reason}`, { retry: 'never', scope: 'parent' });

/** What can't be read may hold any address of its company; without a company, any of all. */
const isInDoubt = (unread: readonly Unread[], of: string): boolean =>
  unread.some(({ company }) => company === null || company === of);

/** Named by its first line: an address has no name in Autotask. */
function recordOf(address: Address): PsaRecord {
  const { company, ...lines } = address;
  const fields = { organization: company, name: address.address1, ...lines };
  return { kind: 'location', psaId: locationOf(address), types: [], status: null, fields, gone: false };
}
