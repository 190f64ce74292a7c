import type { Random } from '../random.ts';

/** What people, imports and copy-and-paste leave in text fields. */
const ODDITIES: readonly ((text: string) => string)[] = [
  (text) => `${text} `,
  (text) => ` ${text}`,
  (text) => text.replace(' ', '  '),
  (text) => text.toUpperCase(),
  (text) => text.toLowerCase(),
  (text) => text.replace(' ', '\u00a0'),
  (text) => `${text.slice(0, 3)}\u200b${text.slice(3)}`,
  (text) => text.normalize('NFD').replace('e', 'e\u0301'),
  (text) => text.replaceAll("'", '\u2019').replace('i', '\u0131'),
  (text) => `${text} \u{1F3E2}`,
  (text) => `\u200f${text}`,
  (text) => `${text}\u0000`,
  (text) => `${text}\t`,
  (text) => `"${text}"`,
];

/** The text, or in a small share of cases an odd version of it that still fits the length. */
export function oddly(random: Random, text: string, maxLength: number, share = 0.006): string {
  if (!random.chance(share)) return text;
  const odd = random.pick(ODDITIES)(text);
  return odd.length <= maxLength ? odd : text;
}
