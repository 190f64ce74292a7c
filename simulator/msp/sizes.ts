/** Rows by kind of a large MSP (200 staff, 111,000 records): an assumption, no published distribution was found. */
const SHARES = { companies: 5_000, sites: 6_000, contacts: 50_000, configurations: 50_000 } as const;
const TOTAL = 111_000;

export type SeedSizes = Readonly<Record<keyof typeof SHARES, number>>;

/** Splits a total in these shares. There are always the MSP's own company and the catch-all, each with a site. */
export function sizesFor(total: number): SeedSizes {
  const companies = Math.max(2, Math.round((total * SHARES.companies) / TOTAL));
  const sites = Math.max(companies, Math.round((total * SHARES.sites) / TOTAL));
  const contacts = Math.max(0, Math.round((total * SHARES.contacts) / TOTAL));
  return { companies, sites, contacts, configurations: Math.max(0, total - companies - sites - contacts) };
}

/** Draws indexes in proportion to weights. */
export function weightedPicker(weights: readonly number[], next: () => number): () => number {
  const sums: number[] = [];
  let sum = 0;
  for (const weight of weights) sums.push((sum += weight));
  return () => {
    const wanted = next() * sum;
    let low = 0;
    let high = sums.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((sums[middle] ?? 0) > wanted) high = middle;
      else low = middle + 1;
    }
    return low;
  };
}
