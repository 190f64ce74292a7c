import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { createConnectWise } from '../../../simulator/connectwise/index.ts';
import type { SimulatedPsa } from '../../../simulator/psa.ts';
import type { Json } from './api-client.ts';

const MAIN = ['companies', 'sites', 'contacts', 'configurations'];

function seeded(size: number, seed: number, now = Date.now): SimulatedPsa {
  return createConnectWise({ size, seed, now });
}

const rowsOf = (psa: SimulatedPsa, collection: string): Json[] => [...(psa.rows(collection) ?? [])] as Json[];

function fingerprint(psa: SimulatedPsa): string {
  const digest = createHash('sha256');
  for (const name of Object.keys(psa.counts())) digest.update(JSON.stringify(rowsOf(psa, name)));
  return digest.digest('hex');
}

const share = (rows: readonly Json[], test: (row: Json) => boolean): number => rows.filter(test).length / rows.length;
const count = (psa: SimulatedPsa): number => MAIN.reduce((sum, name) => sum + (psa.counts()[name] ?? 0), 0);

describe('seeded data', () => {
  it.each([1, 42, 2 ** 31])('is the same bytes for the same size and seed %i, on any day', (seed) => {
    const first = seeded(400, seed, () => 0);
    expect(fingerprint(seeded(400, seed, () => 9e12))).toBe(fingerprint(first));
    expect(seeded(400, seed).credentials).toEqual(first.credentials);
  });

  it('differs by seed, and comes back after a reset', () => {
    const psa = seeded(400, 1);
    const before = fingerprint(psa);
    expect(fingerprint(seeded(400, 2))).not.toBe(before);
    psa.mutate({ seed: 1, insert: 5, change: 20, delete: 5, merge: 1 });
    expect(fingerprint(psa)).not.toBe(before);
    psa.reset();
    expect(fingerprint(psa)).toBe(before);
  });

  it.each([50, 1000, 5000])('has %i records in the proportions of a large MSP', (size) => {
    const psa = seeded(size, 1);
    expect(count(psa)).toBe(size);
    const { companies = 0, contacts = 0, configurations = 0 } = psa.counts();
    expect(companies / size).toBeCloseTo(5 / 111, 1);
    expect(contacts / size).toBeCloseTo(50 / 111, 1);
    expect(configurations / size).toBeCloseTo(50 / 111, 1);
  });

  it('has at least the MSP itself and a catch-all, however small', () => {
    const names = rowsOf(seeded(0, 1), 'companies').map((row) => row['identifier']);
    expect(names).toEqual(['AcmeIT', 'Catchall']);
  });
});

describe('the made-up MSP', () => {
  const psa = seeded(20_000, 3);
  const [companies = [], sites = [], contacts = [], configurations = []] = MAIN.map((name) => rowsOf(psa, name));
  const idIn = (row: Json, field: string): unknown => (row[field] as Json | undefined)?.['id'];

  it('has many small companies and few large ones', () => {
    const sizes = new Map<unknown, number>();
    for (const contact of contacts) sizes.set(idIn(contact, 'company'), (sizes.get(idIn(contact, 'company')) ?? 0) + 1);
    const ordered = companies.map((company) => sizes.get(company['id']) ?? 0).toSorted((a, b) => a - b);
    const median = ordered[ordered.length >> 1] ?? 0;
    expect(ordered.at(-1)).toBeGreaterThan(20 * Math.max(1, median));
  });

  it('has companies of several types, of all roles, with parents, deleted and merged ones', () => {
    expect(share(companies, (row) => (row['types'] as Json[]).length > 1)).toBeGreaterThan(0.05);
    const types = new Set(companies.flatMap((row) => (row['types'] as Json[]).map((type) => type['name'])));
    expect([...types]).toEqual(expect.arrayContaining(['Client', 'Lead', 'Prospect', 'Vendor', 'Former Client']));
    expect(companies.some((row) => row['parentCompany'])).toBe(true);
    const gone = companies.filter((row) => row['deletedFlag'] === true);
    expect(gone.some((row) => row['dateDeleted'])).toBe(true);
    expect(gone.some((row) => !row['dateDeleted'] && (row['status'] as Json)['name'] === 'Active')).toBe(true);
  });

  it('has one main site for each company, whose address is the company’s', () => {
    const main = new Map(sites.filter((row) => row['primaryAddressFlag']).map((row) => [idIn(row, 'company'), row]));
    for (const company of companies) {
      const site = main.get(company['id']);
      expect([site?.['id'], site?.['city']]).toEqual([idIn(company, 'site'), company['city']]);
    }
  });

  it('has contacts without a company, without a last name, without communications, and twins', () => {
    expect(share(contacts, (row) => !row['company'])).toBeGreaterThan(0.002);
    expect(contacts.some((row) => !row['lastName'])).toBe(true);
    expect(contacts.some((row) => !row['communicationItems'])).toBe(true);
    const keys = contacts.map(
      (row) => `${String(row['firstName'])}/${String(row['lastName'])}/${String(idIn(row, 'company'))}`,
    );
    expect(new Set(keys).size).toBeLessThan(keys.length);
  });

  it('has MAC addresses of 12, 14, 17 and 25 characters and none, and serial numbers from the factory', () => {
    const lengths = new Set(configurations.map((row) => (row['macAddress'] as string | undefined)?.length ?? 0));
    expect([...lengths].toSorted((a, b) => a - b)).toEqual([0, 12, 14, 17, 25]);
    expect(configurations.some((row) => row['serialNumber'] === 'To be filled by O.E.M.')).toBe(true);
    expect(share(configurations, (row) => !row['serialNumber'])).toBeGreaterThan(0.05);
  });

  it('has texts that trip readers: blanks, unusual characters, decomposed accents, a NUL', () => {
    const names = [...companies, ...contacts, ...configurations].map((row) => String(row['name'] ?? row['firstName']));
    expect(names.some((name) => name !== name.trim())).toBe(true);
    expect(names.some((name) => name !== name.normalize('NFC'))).toBe(true);
    expect(names.some((name) => name.includes('\u0000'))).toBe(true);
    expect(names.some((name) => name.includes('\u200b'))).toBe(true);
  });

  it('has unique ids and company identifiers', () => {
    const identifiers = companies.map((row) => String(row['identifier']).toLowerCase());
    expect(new Set(identifiers).size).toBe(companies.length);
    for (const rows of [companies, sites, contacts, configurations]) {
      expect(new Set(rows.map((row) => row['id'])).size).toBe(rows.length);
    }
  });

  it('would be accepted by its own API, but for one company', () => {
    const tooLong = companies.filter((row) => String(row['identifier']).length > 30 || String(row['name']).length > 50);
    expect(tooLong).toEqual([]);
    expect(companies.filter((row) => row['yearEstablished'] === 0)).toHaveLength(1);
  });
});
