import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { countryOf, regionOf } from '../../../client/http/itglue/places/match-place.ts';
import { COUNTRIES, REGIONS } from '../../../client/http/itglue/places/places.ts';
import { body, make, syncedHome, type SyncedHome } from '../../support/synced-home.ts';

describe('the list of countries and regions', () => {
  it('gives each an id of its own, small enough to be exact as a number', () => {
    for (const rows of [COUNTRIES, REGIONS]) {
      expect(new Set(rows.map(({ id }) => id)).size).toBe(rows.length);
      expect(rows.every(({ id }) => /^[1-9]\d{0,8}$/.test(id))).toBe(true);
    }
  });

  it('keeps its ids: clients store them', () => {
    const idOf = (code: string) => REGIONS.find((region) => region.code === code)?.id;
    expect(['US-NY', 'CA-ON', 'AU-NSW', 'GB-LND', 'DE-BY', 'FR-75C', 'JP-13'].map(idOf)).toEqual([
      '84000923',
      '12400949',
      '3633962',
      '82631020',
      '27600479',
      '25011187',
      '39200078',
    ]);
    const codes = ['US', 'GB', 'DE', 'AU', 'CA'];
    expect(codes.map((code) => COUNTRIES.find(({ iso }) => iso === code)?.id)).toEqual([
      '840',
      '826',
      '276',
      '36',
      '124',
    ]);
  });

  it.each([
    ['US', 'US'],
    ['usa', 'US'],
    [' United  States ', 'US'],
    ['United States of America', 'US'],
    ['Great Britain', 'GB'],
    ['CÔTE D’IVOIRE', undefined],
    ["côte d'ivoire", 'CI'],
    ['Korea, Republic of', 'KR'],
    ['Norge', undefined],
    ['', undefined],
  ])('%j is the country %s', (text, iso) => {
    expect(countryOf(text)?.iso).toBe(iso);
  });

  it.each([
    ['NY', 'USA', 'US-NY'],
    ['new york', 'United States', 'US-NY'],
    ['US-NY', null, 'US-NY'],
    ['New South Wales', null, 'AU-NSW'],
    ['CA', null, undefined],
    ['CA', 'US', 'US-CA'],
    ['CA', 'Norge', undefined],
    ['New York', 'Canada', undefined],
    [null, 'US', undefined],
  ])('%j in %j is the region %s', (region, country, code) => {
    expect(regionOf(region, country)?.code).toBe(code);
  });
});

describe('filters by country and region', () => {
  let at: SyncedHome;

  beforeAll(async () => {
    at = await syncedHome();
  });

  it('find exactly the locations that show the id, however their texts are written', async () => {
    const path = `/organizations/${at.synced.organization}/relationships/locations`;
    const written = fc.sample(
      fc
        .constantFrom(...REGIONS.filter(({ country }) => ['US', 'CA', 'GB', 'FR', 'LU'].includes(country.iso)))
        .chain((region) =>
          fc.record({
            region: fc.constantFrom(...region.spellings, 'Nowhere'),
            country: fc.constantFrom(...region.country.spellings, null, 'Norge'),
          }),
        ),
      { numRuns: 120, seed: 7 },
    );
    const { status } = await at.send('POST', path, {
      data: written.map(
        ({ region, country }) => body('locations', { name: 'x', 'region-name': region, 'country-name': country }).data,
      ),
    });
    expect(status).toBe(201);
    await make(at.send, path, 'locations', { name: 'nowhere' });
    const { list } = await at.send('GET', `${path}?page[size]=1000`);
    expect(list.some(({ attributes }) => attributes['region-id'] !== null)).toBe(true);
    for (const name of ['country-id', 'region-id']) {
      for (const id of new Set(list.map(({ attributes }) => attributes[name]).filter((shown) => shown !== null))) {
        const found = await at.send('GET', `/locations?filter[${name}]=${id as number}&page[size]=1000`);
        expect(found.ids).toEqual(list.filter(({ attributes }) => attributes[name] === id).map((one) => one.id));
      }
    }
  });
});
