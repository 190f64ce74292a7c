import { describe, expect, it } from 'vitest';
import { drawMsp } from '../../../simulator/msp/draw-msp.ts';

const groups = (keys: readonly string[]): number => keys.length - new Set(keys).size;

describe('the made-up MSP of no vendor in particular', () => {
  const msp = drawMsp(20_000, 3);
  const { companies, sites, contacts, devices } = msp;

  it('is the same for the same size and seed, and another one for another seed', () => {
    expect(drawMsp(400, 7)).toEqual(drawMsp(400, 7));
    expect(drawMsp(400, 8)).not.toEqual(drawMsp(400, 7));
  });

  it.each([0, 50, 1000])('has as many records as were asked for: %i', (size) => {
    const { companies, sites, contacts, devices } = drawMsp(size, 1);
    const total = companies.length + sites.length + contacts.length + devices.length;
    // However small, there are two companies with a site each.
    expect(total).toBe(Math.max(4, size));
    expect(companies[0]?.role).toBe('owner');
  });

  it('gives every company one main site, before its others', () => {
    const mains = sites.filter((site) => site.main);
    expect(mains.map((site) => site.company)).toEqual(companies.map((_, at) => at));
    expect(sites.length).toBeGreaterThan(companies.length);
  });

  it('refers only to rows of the same company, and to earlier parents', () => {
    for (const { company, site } of contacts) expect(site === undefined || sites[site]?.company === company).toBe(true);
    for (const { company, site, contact } of devices) {
      expect(site === undefined || sites[site]?.company === company).toBe(true);
      expect(contact === undefined || contacts[contact]?.company === company).toBe(true);
    }
    const parents = companies.flatMap(({ parent }, at) => (parent === undefined ? [] : [at - parent]));
    expect(parents.length).toBeGreaterThan(0);
    expect(Math.min(...parents)).toBeGreaterThan(0);
  });

  it('has one main contact at most for each company', () => {
    expect(groups(contacts.filter(({ main }) => main).map(({ company }) => String(company)))).toBe(0);
  });

  it('has twins: companies, people, serial numbers and MAC addresses', () => {
    expect(groups(companies.map(({ name }) => name))).toBeGreaterThan(0);
    expect(groups(contacts.map((row) => `${row.company}/${row.firstName}/${row.lastName}`))).toBeGreaterThan(0);
    expect(groups(devices.flatMap(({ serial }) => serial ?? []))).toBeGreaterThan(0);
    expect(groups(devices.flatMap(({ mac }) => mac ?? []))).toBeGreaterThan(0);
    expect(groups(companies.map(({ shortName }) => shortName.toLowerCase()))).toBe(0);
  });

  it('has blanks, odd characters, long MAC addresses and people without a company', () => {
    const names = [...companies, ...devices].map(({ name }) => name);
    expect(names.some((name) => name !== name.trim())).toBe(true);
    expect(names.some((name) => name !== name.normalize('NFC'))).toBe(true);
    expect([...contacts.map((row) => row.firstName), ...names].some((name) => name.includes('\u0000'))).toBe(true);
    expect(contacts.some(({ company }) => company === undefined)).toBe(true);
    expect(contacts.some(({ lastName }) => lastName === undefined)).toBe(true);
    expect(contacts.some(({ email, phone, mobile }) => !email && !phone && !mobile)).toBe(true);
    expect(new Set(devices.map(({ mac }) => mac?.length ?? 0))).toEqual(new Set([0, 12, 14, 17, 25]));
  });
});
