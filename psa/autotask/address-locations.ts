import type { PsaRecord } from '../../domain/psa-record.ts';
import { addressId, oneForEachAddress, organizationOfAddress } from '../address-location.ts';
import type { ByIds, ByIdsRequest, PageRequest, PsaPage } from '../contract.ts';
import {
  COMPANY_FIELDS,
  companyAddresses,
  CONTACT_FIELDS,
  contactAddresses,
  type Address,
  type Addresses,
} from './addresses.ts';
import { isUnreadable } from '../errors.ts';
import type { AutotaskClient } from './client.ts';
import { ENTITIES } from './entities.ts';
import type { Lists } from './lists.ts';

/** Companies whose addresses one page holds, with those of their contacts. */
const COMPANIES_PER_PAGE = 100;

/** More than this is no bad company but a bad server, and the page fails after all. */
const MAX_UNREADABLE = 20;

/** What came of some companies. */
interface Part {
  readonly records: readonly PsaRecord[];
  readonly unread: Addresses['unread'];
  readonly failed: PsaPage['failedParents'];
}

/** Locations made of the addresses of companies and of their contacts, each known by its company and its address. */
export interface AddressLocations {
  page(request: PageRequest): Promise<PsaPage>;
  byIds(request: ByIdsRequest): Promise<ByIds>;
  /** The ids of the locations of contacts' own addresses, by contact; those without one are not in it. */
  ofContacts(ids: readonly string[], signal?: AbortSignal): Promise<ReadonlyMap<string, string>>;
  /** The ids of the locations of companies' addresses, by company. */
  ofCompanies(ids: readonly string[], signal?: AbortSignal): Promise<ReadonlyMap<string, string>>;
}

export function createAddressLocations(client: AutotaskClient, lists: Lists): AddressLocations {
  async function companies(ids: readonly string[], signal?: AbortSignal): Promise<Addresses> {
    const request = { entity: ENTITIES.companies, fields: COMPANY_FIELDS, scope: 'page', signal } as const;
    const countries = await lists.countries(signal);
    return companyAddresses(await client.queryAmong(request, 'id', ids), countries);
  }

  async function contacts(field: 'id' | 'companyID', ids: readonly string[], signal?: AbortSignal): Promise<Addresses> {
    const filter = [{ op: 'exist', field: 'addressLine' } as const];
    const request = { entity: ENTITIES.contacts, fields: CONTACT_FIELDS, filter, scope: 'page', signal } as const;
    const countries = await lists.countries(signal);
    return contactAddresses(await client.queryAmong(request, field, ids), countries);
  }

  /**
   * All of some companies, each once, by company and then by address. Of a company that can't be read none: where a contact has
   * the company's address, its phone and fax go with it, and they would count as blank.
   */
  async function locations(ids: readonly string[], signal?: AbortSignal) {
    const [offices, homes] = [await companies(ids, signal), await contacts('companyID', ids, signal)];
    const known = homes.located.filter(({ address }) => !isInDoubt(offices.unread, address.company));
    const records = [...offices.located, ...known].map(({ address }) => recordOf(address));
    return { records: oneForEachAddress(records), unread: [...offices.unread, ...homes.unread] };
  }

  /** The same in smaller and smaller parts, until the companies that can't be read stand alone. */
  async function inParts(ids: readonly string[], signal?: AbortSignal): Promise<Part> {
    try {
      return { ...(await locations(ids, signal)), failed: [] };
    } catch (error) {
      if (!isUnreadable(error)) throw error;
      const [only, another] = ids;
      if (only === undefined) throw error;
      if (another === undefined) return { records: [], unread: [], failed: [{ psaId: only, error }] };
      const middle = Math.ceil(ids.length / 2);
      const [one, other] = [await inParts(ids.slice(0, middle), signal), await inParts(ids.slice(middle), signal)];
      const failed = [...one.failed, ...other.failed];
      if (failed.length > MAX_UNREADABLE) throw error;
      return { records: [...one.records, ...other.records], unread: [...one.unread, ...other.unread], failed };
    }
  }

  const mapped = ({ located }: Addresses) => new Map(located.map(({ id, address }) => [id, idOf(address)]));

  return {
    async page({ cursor, parents, lastTry = false, signal }) {
      const ids = await parents(cursor, COMPANIES_PER_PAGE);
      const { records, unread, failed } = lastTry
        ? await inParts(ids, signal)
        : { ...(await locations(ids, signal)), failed: [] };
      return {
        records,
        rejects: unread.map(({ reject }) => reject),
        failedParents: failed,
        parents: ids.filter((id) => !failed.some(({ psaId }) => psaId === id)),
        next: ids.length < COMPANIES_PER_PAGE ? null : (ids.at(-1) ?? null),
      };
    },
    async byIds({ ids, signal }) {
      const companyIds = [...new Set(ids.map(({ psaId }) => organizationOfAddress(psaId)))];
      const { records: all, unread } = await locations(companyIds, signal);
      const there = new Map(all.map((record) => [record.psaId, record]));
      const asked = ids.map(({ psaId }) => psaId);
      const absent = asked.filter((psaId) => !there.has(psaId));
      const mayBeThere = (psaId: string) => isInDoubt(unread, organizationOfAddress(psaId));
      return {
        records: asked.flatMap((psaId) => there.get(psaId) ?? []),
        rejects: [],
        missing: absent.filter((psaId) => !mayBeThere(psaId)),
        unknown: absent.filter(mayBeThere),
      };
    },
    ofContacts: async (ids, signal) => mapped(await contacts('id', ids, signal)),
    ofCompanies: async (ids, signal) => mapped(await companies(ids, signal)),
  };
}

/** What can't be read may hold any address of its company; without a company, any of all. */
const isInDoubt = (unread: Addresses['unread'], of: string): boolean =>
  unread.some(({ company }) => company === null || company === of);

const idOf = ({ company, address1, address2, city, region, postalCode, country }: Address): string =>
  addressId(company, [address1, address2, city, region, postalCode, country]);

/** Named by its first line: an address has no name in Autotask. */
function recordOf(address: Address): PsaRecord {
  const { company, ...lines } = address;
  const fields = { organization: company, name: address.address1, ...lines };
  const psaId = idOf(address);
  return { kind: 'location', psaId, types: [], status: null, fields, gone: false };
}
