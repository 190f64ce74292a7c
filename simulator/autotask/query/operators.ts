/** Compares a stored value with the one of a condition, both of the same type; neither is missing. */
type Operator = (stored: Comparable, wanted: Comparable) => boolean;

export type Comparable = string | number | boolean;

/** As the vendor's database compares: case and trailing blanks do not count. */
export const folded = (value: Comparable): Comparable =>
  typeof value === 'string' ? value.toLowerCase().replace(/ +$/, '') : value;

const texts =
  (compare: (stored: string, wanted: string) => boolean): Operator =>
  (stored, wanted) =>
    compare(String(stored), String(wanted));

/** Operators with one value. */
export const OPERATORS: Readonly<Record<string, Operator>> = {
  eq: (stored, wanted) => stored === wanted,
  noteq: (stored, wanted) => stored !== wanted,
  gt: (stored, wanted) => stored > wanted,
  gte: (stored, wanted) => stored >= wanted,
  lt: (stored, wanted) => stored < wanted,
  lte: (stored, wanted) => stored <= wanted,
  beginswith: texts((stored, wanted) => stored.startsWith(wanted)),
  endswith: texts((stored, wanted) => stored.endsWith(wanted)),
  contains: texts((stored, wanted) => stored.includes(wanted)),
};
