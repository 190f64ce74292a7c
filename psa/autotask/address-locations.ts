import { z } from 'zod';
import { cleanText } from '../../domain/clean-text.ts';
import type { PsaRecord } from '../../domain/psa-record.ts';
import { addressId, oneForEachAddress, organizationOfAddress } from '../address-location.ts';
import type { ByIds, ByIdsRequest, PageRequest, PsaPage } from '../contract.ts';
import type { AutotaskClient } from './client.ts';
import { ENTITIES } from './entities.ts';
import { anyId } from './ids.ts';
import type { Country, Lists } from './lists.ts';

/** Companies whose addresses one page holds, with those of their contacts. */
const COMPANIES_PER_PAGE = 100;

const text = z.string().nullish();
const companyRow = z.object({
  ...{ address1: text, address2: text, city: text, state: text, postalCode: text, phone: text, fax: text },
  countryID: z.int().nullish(),
});
const contactRow = z.object({
  ...{ addressLine: text, addressLine1: text, city: text, state: text, zipCode: text },
  countryID: z.int().nullish(),
  companyID: z.int(),
});

interface Address {
  readonly company: string;
  readonly address1: string | null;
  readonly address2: string | null;
  readonly city: string | null;
  readonly region: string | null;
  readonly postalCode: string | null;
  readonly country: string | null;
  readonly phone: string | null;
  readonly fax: string | null;
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
  async function companies(ids: readonly string[], signal?: AbortSignal) {
    const request = {
      entity: ENTITIES.companies,
      fields: Object.keys(companyRow.shape),
      scope: 'page',
      signal,
    } as const;
    const countries = await lists.countries(signal);
    return addressesOf(await client.queryAmong(request, 'id', ids), (row) => companyAddress(row, countries));
  }

  async function contacts(field: 'id' | 'companyID', ids: readonly string[], signal?: AbortSignal) {
    const filter = [{ op: 'exist', field: 'addressLine' } as const];
    const fields = Object.keys(contactRow.shape);
    const request = { entity: ENTITIES.contacts, fields, filter, scope: 'page', signal } as const;
    const countries = await lists.countries(signal);
    return addressesOf(await client.queryAmong(request, field, ids), (row) => contactAddress(row, countries));
  }

  /** All of some companies, each once, by company and then by address. */
  async function locations(ids: readonly string[], signal?: AbortSignal): Promise<PsaRecord[]> {
    const all = [...(await companies(ids, signal)), ...(await contacts('companyID', ids, signal))];
    return oneForEachAddress(all.map(({ address }) => recordOf(address)));
  }

  const mapped = (addresses: readonly Located[]) => new Map(addresses.map(({ id, address }) => [id, idOf(address)]));

  return {
    async page({ cursor, parents, signal }) {
      const ids = await parents(cursor, COMPANIES_PER_PAGE);
      const records = ids.length === 0 ? [] : await locations(ids, signal);
      const next = ids.length < COMPANIES_PER_PAGE ? null : (ids.at(-1) ?? null);
      return { records, rejects: [], failedParents: [], parents: ids, next };
    },
    async byIds({ ids, signal }) {
      const companyIds = [...new Set(ids.map(({ psaId }) => organizationOfAddress(psaId)))];
      const there = new Map((await locations(companyIds, signal)).map((record) => [record.psaId, record]));
      const asked = ids.map(({ psaId }) => psaId);
      const records = asked.flatMap((psaId) => there.get(psaId) ?? []);
      return { records, rejects: [], missing: asked.filter((psaId) => !there.has(psaId)), unknown: [] };
    },
    ofContacts: async (ids, signal) => mapped(await contacts('id', ids, signal)),
    ofCompanies: async (ids, signal) => mapped(await companies(ids, signal)),
  };
}

interface Located {
  readonly id: string;
  readonly address: Address;
}

function addressesOf(rows: readonly unknown[], read: (row: unknown) => Address | null): Located[] {
  return rows.flatMap((row) => {
    const [id, address] = [anyId(row), read(row)];
    return id === null || address === null ? [] : [{ id, address }];
  });
}

const clean = (value: string | null | undefined): string | null => cleanText(value ?? '');

const countryName = (id: number | null | undefined, countries: readonly Country[]): string | null =>
  countries.find((country) => country.id === String(id))?.name ?? null;

/** Null without a first line: a town alone is no address. */
function companyAddress(row: unknown, countries: readonly Country[]): Address | null {
  const { data } = companyRow.safeParse(row);
  const company = anyId(row);
  if (!data || company === null || clean(data.address1) === null) return null;
  return {
    company,
    address1: clean(data.address1),
    address2: clean(data.address2),
    city: clean(data.city),
    region: clean(data.state),
    postalCode: clean(data.postalCode),
    country: countryName(data.countryID, countries),
    phone: clean(data.phone),
    fax: clean(data.fax),
  };
}

/** Lines one and two are called `addressLine` and `addressLine1` here. */
function contactAddress(row: unknown, countries: readonly Country[]): Address | null {
  const { data } = contactRow.safeParse(row);
  if (!data || clean(data.addressLine) === null) return null;
  return {
    company: String(data.companyID),
    address1: clean(data.addressLine),
    address2: clean(data.addressLine1),
    city: clean(data.city),
    region: clean(data.state),
    postalCode: clean(data.zipCode),
    country: countryName(data.countryID, countries),
    phone: null,
    fax: null,
  };
}

const idOf = ({ company, address1, address2, city, region, postalCode, country }: Address): string =>
  addressId(company, [address1, address2, city, region, postalCode, country]);

/** Named by its first line: an address has no name in Autotask. */
function recordOf(address: Address): PsaRecord {
  const { company, ...lines } = address;
  const fields = { organization: company, name: address.address1, ...lines };
  const psaId = idOf(address);
  return { kind: 'location', psaId, types: [], status: null, fields, gone: false };
}
