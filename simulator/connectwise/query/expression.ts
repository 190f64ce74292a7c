/** A condition as a tree. */
export type Expression =
  | { readonly is: 'and' | 'or'; readonly left: Expression; readonly right: Expression }
  | { readonly is: 'not'; readonly inner: Expression }
  | { readonly is: 'compare'; readonly path: string; readonly operator: Comparison; readonly value: Literal }
  | { readonly is: 'in'; readonly path: string; readonly negated: boolean; readonly values: readonly Literal[] };

export type Comparison = '=' | '!=' | '<' | '<=' | '>' | '>=' | 'contains' | 'not contains' | 'like' | 'not like';

export type Literal =
  | { readonly type: 'text'; readonly value: string }
  | { readonly type: 'number'; readonly value: number }
  | { readonly type: 'flag'; readonly value: boolean }
  /** UTC, cut to the second, as rows hold it. */
  | { readonly type: 'time'; readonly value: string }
  | { readonly type: 'null' };

/** A text that is not a condition; the message says what the grammar wants. */
export class ConditionError extends Error {}
