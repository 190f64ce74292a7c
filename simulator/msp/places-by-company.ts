/** Places in a list, by the company that their items belong to. */
export function placesByCompany(
  items: readonly { readonly company?: number }[],
): (company: number) => readonly number[] {
  const places = new Map<number, number[]>();
  for (const [at, { company }] of items.entries()) {
    if (company === undefined) continue;
    const known = places.get(company);
    if (known) known.push(at);
    else places.set(company, [at]);
  }
  return (company) => places.get(company) ?? [];
}
