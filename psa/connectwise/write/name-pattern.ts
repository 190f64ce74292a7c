/**
 * What a name matches in ConnectWise's `like` whenever our own comparison would call it the same, and often besides: everything
 * that can differ between two spellings of one name (white space, accents, İ and i, ß and ss), or that means something in the
 * grammar, is left to `%`. So nothing has to be escaped, and nothing can break out.
 */
export function namePattern(name: string): string {
  return `%${name.replace(/[^A-HJ-RT-Za-hj-rt-z0-9]+/gu, '%')}%`.replace(/%+/gu, '%');
}

/** A condition that no record of that name fails; null where the name says too little to filter by. */
export function nameCondition(path: string, name: string): string | null {
  const pattern = namePattern(name);
  return pattern === '%' ? null : `${path} like "${pattern}"`;
}
