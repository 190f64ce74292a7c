import { ConditionError } from './expression.ts';

export type Token =
  | { readonly kind: 'text' | 'time' | 'word' | 'symbol'; readonly value: string }
  | { readonly kind: 'number'; readonly value: number };

const SPACE = /\s+/y;
const SYMBOL = /!=|<=|>=|[=<>(),]/y;
const NUMBER = /[-+]?\d+(?:\.\d+)?(?![\w/])/y;
const WORD = /[A-Za-z_][\w/.]*/y;
const TIME = /\[([^\]]*)\]/y;
/** In double quotes a backslash escapes a quote or itself; in single quotes a quote is doubled. */
const DOUBLE_QUOTED = /"((?:[^"\\]|\\.)*)"/sy;
const SINGLE_QUOTED = /'((?:[^']|'')*)'/sy;

const HELP =
  'String values must be enclosed in quotes, datetimes in square brackets; true, false and null are keywords. ' +
  'Example: name like "acme%" and lastUpdated > [2026-01-31T08:00:00Z] and parentCompany != null';

export function syntaxError(what: string): ConditionError {
  return new ConditionError(`The conditions could not be parsed: ${what}. ${HELP}`);
}

export function tokenize(source: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  const take = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = at;
    const match = pattern.exec(source);
    if (match) at += match[0].length;
    return match;
  };
  while (at < source.length) {
    if (take(SPACE)) continue;
    let match: RegExpExecArray | null;
    if ((match = take(SYMBOL))) tokens.push({ kind: 'symbol', value: match[0] });
    else if ((match = take(NUMBER))) tokens.push({ kind: 'number', value: Number(match[0]) });
    else if ((match = take(WORD))) tokens.push({ kind: 'word', value: match[0] });
    else if ((match = take(TIME))) tokens.push({ kind: 'time', value: match[1] ?? '' });
    else if ((match = take(DOUBLE_QUOTED))) tokens.push({ kind: 'text', value: unescape(match[1] ?? '') });
    else if ((match = take(SINGLE_QUOTED)))
      tokens.push({ kind: 'text', value: (match[1] ?? '').replaceAll("''", "'") });
    else throw syntaxError(`unexpected "${source.slice(at, at + 20)}" at position ${at + 1}`);
  }
  return tokens;
}

function unescape(text: string): string {
  return text.replace(/\\(["\\])/g, '$1');
}
