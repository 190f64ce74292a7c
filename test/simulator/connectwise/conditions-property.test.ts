import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileExpression, type Accessor, type ValueType } from '../../../simulator/connectwise/query/compile.ts';
import { ConditionError } from '../../../simulator/connectwise/query/expression.ts';
import { compileLike } from '../../../simulator/connectwise/query/like.ts';
import { parseCondition } from '../../../simulator/connectwise/query/parser.ts';

/** A condition as a person would write it down, and what it should find, worked out without the parser. */
interface Written {
  readonly text: string;
  readonly expected: (row: Row) => boolean | undefined;
}

interface Row {
  readonly name?: string;
  readonly age?: number;
  readonly active: boolean;
}

const FIELDS: Record<string, ValueType> = { name: 'text', age: 'number', active: 'flag' };
const resolve = (path: string): Accessor<Row> => {
  const type = FIELDS[path];
  if (!type) throw new ConditionError(path);
  return { type, read: (row) => row[path as keyof Row] };
};

const word = fc.string({ unit: fc.constantFrom('a', 'B', ' ', "'", '"', '\\', '%', 'é', '('), maxLength: 4 });
const row: fc.Arbitrary<Row> = fc.record(
  { name: word, age: fc.integer({ min: -3, max: 3 }), active: fc.boolean() },
  { requiredKeys: ['active'] },
);
const quoted = (text: string): fc.Arbitrary<string> =>
  fc.constantFrom(`"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`, `'${text.replaceAll("'", "''")}'`);
const spaced = (...parts: string[]): string => parts.join(' ');
const cased = (keyword: string): fc.Arbitrary<string> => fc.constantFrom(keyword, keyword.toUpperCase());

const COMPARE: Record<string, (order: number) => boolean> = {
  '=': (order) => order === 0,
  '!=': (order) => order !== 0,
  '<': (order) => order < 0,
  '<=': (order) => order <= 0,
  '>': (order) => order > 0,
  '>=': (order) => order >= 0,
};
const operator = fc.constantFrom(...Object.keys(COMPARE));
const sign = (a: number | string, b: number | string): number => (a === b ? 0 : a < b ? -1 : 1);

const onAge: fc.Arbitrary<Written> = fc.tuple(operator, fc.integer({ min: -3, max: 3 })).map(([op, wanted]) => ({
  text: `age${op}${wanted}`,
  expected: ({ age }) => (age === undefined ? undefined : COMPARE[op]?.(sign(age, wanted))),
}));
const onName: fc.Arbitrary<Written> = fc.tuple(operator, word).chain(([op, wanted]) =>
  quoted(wanted).map((literal) => ({
    text: spaced('name', op, literal),
    expected: ({ name }) =>
      name === undefined ? undefined : COMPARE[op]?.(sign(name.toLowerCase(), wanted.toLowerCase())),
  })),
);
const containing: fc.Arbitrary<Written> = fc.tuple(word, fc.boolean()).chain(([wanted, negated]) =>
  quoted(wanted).map((literal) => ({
    text: spaced('name', negated ? 'not contains' : 'contains', literal),
    expected: ({ name }) =>
      name === undefined ? undefined : name.toLowerCase().includes(wanted.toLowerCase()) !== negated,
  })),
);
const among: fc.Arbitrary<Written> = fc
  .tuple(fc.array(fc.integer({ min: -3, max: 3 }), { minLength: 1, maxLength: 4 }), fc.boolean())
  .map(([wanted, negated]) => ({
    text: `age ${negated ? 'not ' : ''}in (${wanted.join(', ')})`,
    expected: ({ age }) => (age === undefined ? undefined : wanted.includes(age) !== negated),
  }));
const missing: fc.Arbitrary<Written> = fc.constantFrom('name' as const, 'age' as const).chain((field) =>
  fc.boolean().map((negated) => ({
    text: `${field} ${negated ? '!=' : '='} null`,
    expected: (thing: Row) => (thing[field] === undefined) !== negated,
  })),
);
const flagged: fc.Arbitrary<Written> = fc.boolean().chain((wanted) =>
  cased(String(wanted)).map((literal) => ({
    text: `active=${literal}`,
    expected: ({ active }: Row) => active === wanted,
  })),
);

const { written } = fc.letrec<{ written: Written }>((tie) => ({
  written: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    fc.oneof(onAge, onName, containing, among, missing, flagged),
    fc.tuple(tie('written'), cased('and'), tie('written')).map(([a, and, b]) => ({
      text: `(${a.text}) ${and} (${b.text})`,
      expected: (thing: Row) => both(a.expected(thing), b.expected(thing)),
    })),
    fc.tuple(tie('written'), cased('or'), tie('written')).map(([a, or, b]) => ({
      text: `(${a.text}) ${or} (${b.text})`,
      expected: (thing: Row) => negate(both(negate(a.expected(thing)), negate(b.expected(thing)))),
    })),
    fc.tuple(cased('not'), tie('written')).map(([not, a]) => ({
      text: `${not} (${a.text})`,
      expected: (thing: Row) => negate(a.expected(thing)),
    })),
  ),
}));

const negate = (value: boolean | undefined): boolean | undefined => (value === undefined ? undefined : !value);
function both(a: boolean | undefined, b: boolean | undefined): boolean | undefined {
  if (a === false || b === false) return false;
  return a === undefined || b === undefined ? undefined : true;
}

describe('the grammar of conditions', () => {
  it('means what SQL means, for every tree of conditions', () => {
    fc.assert(
      fc.property(written, fc.array(row, { minLength: 1, maxLength: 8 }), ({ text, expected }, rows) => {
        const test = compileExpression(parseCondition(text), resolve);
        for (const thing of rows) expect(test(thing) ?? undefined, text).toBe(expected(thing));
      }),
      { numRuns: 1000 },
    );
  });

  it('needs no parentheses where and joins closer than or', () => {
    fc.assert(
      fc.property(onAge, flagged, missing, row, (a, b, c, thing) => {
        const bare = compileExpression(parseCondition(`${a.text} or ${b.text} and ${c.text}`), resolve);
        const grouped = compileExpression(parseCondition(`(${a.text}) or ((${b.text}) and (${c.text}))`), resolve);
        expect(bare(thing)).toBe(grouped(thing));
      }),
    );
  });

  it('never fails otherwise than by saying what is wrong', () => {
    const piece = fc.constantFrom(
      'name',
      'age',
      '=',
      '!=',
      'and',
      'or',
      'not',
      'in',
      '(',
      ')',
      '"x"',
      '1',
      '[',
      ',',
      'null',
      'like',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.array(piece).map((pieces) => pieces.join(' ')),
          fc.string(),
        ),
        (text) => {
          try {
            compileExpression(parseCondition(text), resolve);
          } catch (error) {
            expect(error).toBeInstanceOf(ConditionError);
          }
        },
      ),
      { numRuns: 500 },
    );
  });
});

describe('like', () => {
  it('finds every text by its own pieces with signs for the rest', () => {
    fc.assert(
      fc.property(fc.string(), fc.nat(), (text, at) => {
        const plain = (part: string): string => part.replace(/[[%_*]/g, '[$&]');
        const cut = at % (text.length + 1);
        expect(compileLike(plain(text))(text)).toBe(true);
        expect(compileLike(`${plain(text.slice(0, cut))}%`)(text)).toBe(true);
        expect(compileLike(`*${plain(text.slice(cut))}`)(text)).toBe(true);
      }),
    );
  });

  it.each([
    ['a_c', 'abc', true],
    ['a_c', 'ac', false],
    ['[ab]x', 'BX', true],
    ['[^ab]x', 'cx', true],
    ['[^ab]x', 'ax', false],
    ['a.c', 'abc', false],
    ['x[', 'x[', true],
  ])('%s against %s is %s', (pattern, text, expected) => {
    expect(compileLike(pattern)(text)).toBe(expected);
  });
});
