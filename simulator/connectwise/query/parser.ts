import type { Comparison, Expression, Literal } from './expression.ts';
import { syntaxError, tokenize, type Token } from './lexer.ts';

const SYMBOLS: readonly string[] = ['=', '!=', '<', '<=', '>', '>='];
const WORDS: readonly string[] = ['contains', 'like'];
/** A date, optionally with a time, fractions and a zone; without one it is UTC. */
const TIME = /^\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?)?(?:Z|[-+]\d\d:?\d\d)?$/i;

/** Deep nesting is somebody's mistake, and would overflow the stack. */
const MAX_DEPTH = 200;

/** Parses the `conditions` grammar; `and` binds closer than `or`. Throws `ConditionError`. */
export function parseCondition(source: string): Expression {
  const tokens = tokenize(source);
  let at = 0;
  let depth = 0;

  const peek = (): Token | undefined => tokens[at];
  const isWord = (token: Token | undefined, word: string): boolean =>
    token?.kind === 'word' && token.value.toLowerCase() === word;
  const isSymbol = (token: Token | undefined, symbol: string): boolean =>
    token?.kind === 'symbol' && token.value === symbol;
  const takeWord = (word: string): boolean => isWord(peek(), word) && ++at > 0;
  const takeSymbol = (symbol: string): boolean => isSymbol(peek(), symbol) && ++at > 0;
  const expectSymbol = (symbol: string): void => {
    if (!takeSymbol(symbol)) throw syntaxError(`"${symbol}" expected ${describe(peek())}`);
  };

  function either(): Expression {
    let left = both();
    while (takeWord('or')) left = { is: 'or', left, right: both() };
    return left;
  }

  function both(): Expression {
    let left = single();
    while (takeWord('and')) left = { is: 'and', left, right: single() };
    return left;
  }

  function single(): Expression {
    if (++depth > MAX_DEPTH) throw syntaxError('the conditions are nested too deeply');
    try {
      if (takeWord('not')) return { is: 'not', inner: single() };
      if (takeSymbol('(')) {
        const inner = either();
        expectSymbol(')');
        return inner;
      }
      return comparison();
    } finally {
      depth--;
    }
  }

  function comparison(): Expression {
    const token = tokens[at++];
    if (token?.kind !== 'word') throw syntaxError(`a field name expected ${describe(token)}`);
    const path = token.value;
    const negated = takeWord('not');
    if (takeWord('in')) return { is: 'in', path, negated, values: list() };
    const operator = tokens[at++];
    const name = String(operator?.value).toLowerCase();
    if (operator?.kind === 'word' && WORDS.includes(name)) {
      return { is: 'compare', path, operator: (negated ? `not ${name}` : name) as Comparison, value: literal() };
    }
    if (negated || operator?.kind !== 'symbol' || !SYMBOLS.includes(name)) {
      throw syntaxError(`an operator expected after ${path} ${describe(operator)}`);
    }
    return { is: 'compare', path, operator: name as Comparison, value: literal() };
  }

  function list(): Literal[] {
    expectSymbol('(');
    const values = [literal()];
    while (takeSymbol(',')) values.push(literal());
    expectSymbol(')');
    return values;
  }

  function literal(): Literal {
    const token = tokens[at++];
    switch (token?.kind) {
      case 'text':
        return { type: 'text', value: token.value };
      case 'number':
        return { type: 'number', value: token.value };
      case 'time':
        return { type: 'time', value: time(token.value) };
      case 'word':
        if (isWord(token, 'null')) return { type: 'null' };
        if (isWord(token, 'true') || isWord(token, 'false')) return { type: 'flag', value: isWord(token, 'true') };
        break;
      case 'symbol':
      case undefined:
    }
    throw syntaxError(`a value expected ${describe(token)}`);
  }

  const expression = either();
  if (at < tokens.length) throw syntaxError(`the end expected ${describe(peek())}`);
  return expression;
}

function describe(token: Token | undefined): string {
  return token ? `but found ${String(token.value)}` : 'but the text ends';
}

function time(text: string): string {
  const trimmed = text.trim();
  const zoned = /(?:Z|[-+]\d\d:?\d\d)$/i.test(trimmed.slice(10))
    ? trimmed
    : `${trimmed}${trimmed.length > 10 ? 'Z' : ''}`;
  const ms = TIME.test(trimmed) ? Date.parse(zoned.replace(' ', 'T')) : Number.NaN;
  if (Number.isNaN(ms)) throw syntaxError(`[${text}] is not a datetime`);
  return `${new Date(ms).toISOString().slice(0, 19)}Z`;
}
