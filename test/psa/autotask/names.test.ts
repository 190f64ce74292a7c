import { describe, expect, it } from 'vitest';
import { simulatedAutotask, type Simulated } from './simulated-autotask.ts';

/** Devices of several pages. */
const SEVERAL_PAGES = { size: 4_000 };
const PAGE = 500;

const asked = ({ admin }: Simulated, path: string): number =>
  admin.requests().requests.filter((request) => request.path === path).length;

/** Gives every two devices another product of a catalogue of so many. */
function fillCatalogue({ admin, rows }: Simulated, size: number): void {
  const [pattern] = rows('Products');
  const ids = Array.from({ length: size }, (_, at) => 29_700_000 + at * 3);
  admin.putRows(
    'Products',
    ids.map((id) => ({
      ...pattern,
      id,
      name: `Product ${id}`,
      manufacturerName: 'Acme',
      manufacturerProductName: `M-${id}`,
    })),
  );
  admin.putRows(
    'ConfigurationItems',
    // Far apart, so that each page of devices brings products that were not met yet.
    rows('ConfigurationItems').map(({ id }, at) => ({ id, productID: ids[(Math.floor(at / 2) * 37) % size] })),
  );
}

const modelsAsHeld = ({ rows }: Simulated) => {
  const models = new Map(rows('Products').map((row) => [row.id, row['manufacturerProductName'] ?? null]));
  return new Map(
    rows('ConfigurationItems').map((row) => [String(row.id), models.get(row['productID'] as number) ?? null]),
  );
};

const modelsAsRead = async (psa: Simulated, run: string) => {
  const records = await psa.read('configuration', psa.connection, run);
  return new Map(
    records.map(({ psaId, fields }) => [psaId, (fields['model'] as { name: string } | null)?.name ?? null]),
  );
};

describe('products and people that devices name', () => {
  it('are asked for once a run, and not once a page of devices', async () => {
    const psa = await simulatedAutotask(SEVERAL_PAGES);
    expect(await modelsAsRead(psa, 'first')).toEqual(modelsAsHeld(psa));
    expect(psa.rows('ConfigurationItems').length).toBeGreaterThan(3 * PAGE);
    expect(asked(psa, '/Products/query')).toBe(1);
    expect(asked(psa, '/Resources/query')).toBe(1);
  });

  it('of a catalogue of thousands are never asked for more often than there are pages of devices', async () => {
    const psa = await simulatedAutotask(SEVERAL_PAGES);
    const pages = Math.ceil(psa.rows('ConfigurationItems').length / PAGE);
    fillCatalogue(psa, 1_500);
    expect(await modelsAsRead(psa, 'first')).toEqual(modelsAsHeld(psa));
    expect(asked(psa, '/Products/query')).toBeLessThanOrEqual(pages);
  });

  it('have their new name in the next run, however soon it comes', async () => {
    const psa = await simulatedAutotask();
    await modelsAsRead(psa, 'first');
    const [product] = psa.rows('Products').filter((row) => row['manufacturerProductName']);
    psa.admin.putRows('Products', [{ id: product!.id, manufacturerProductName: 'Renamed 9000' }]);
    const [inFirst, inSecond] = [await modelsAsRead(psa, 'first'), await modelsAsRead(psa, 'second')];
    expect([...inFirst.values()]).not.toContain('Renamed 9000');
    expect([...inSecond.values()]).toContain('Renamed 9000');
    expect(inSecond).toEqual(modelsAsHeld(psa));
  });

  it('are asked for once, too, when Autotask does not show them', async () => {
    const psa = await simulatedAutotask(SEVERAL_PAGES);
    psa.admin.putRows(
      'ConfigurationItems',
      psa.rows('ConfigurationItems').map(({ id }) => ({ id, referenceTitle: 'Titled', productID: 7 })),
    );
    expect(new Set((await modelsAsRead(psa, 'first')).values())).toEqual(new Set([null]));
    expect(asked(psa, '/Products/query')).toBe(1);
  });
});

describe('primary locations of companies', () => {
  it('take one request for a whole page of companies', async () => {
    const psa = await simulatedAutotask({ size: 13_000 });
    const companies = await psa.read('organization');
    const held = psa.rows('CompanyLocations').filter((row) => row['isPrimary'] === true);
    expect(companies.length).toBeGreaterThan(PAGE);
    expect(new Map(companies.map(({ psaId, fields }) => [psaId, fields['primaryLocation']]))).toEqual(
      new Map(held.map((row) => [String(row['companyID']), String(row.id)])),
    );
    expect(asked(psa, '/CompanyLocations/query')).toBe(2);
  });
});
