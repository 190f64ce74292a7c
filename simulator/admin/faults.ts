import { createRandom, type Random } from '../random.ts';
import { effectOf, faultRuleSchema, ROW_KINDS, type FaultRule, type FaultRuleInput } from './fault-rule.ts';

interface ActiveRule {
  readonly id: number;
  readonly rule: FaultRule;
  readonly fits: (method: string, path: string, query: string) => boolean;
  readonly random: Random;
  seen: number;
  fired: number;
}

/** A rule with its number and how often it was met and has fired. */
export interface FaultStatus extends FaultRule {
  readonly id: number;
  readonly seen: number;
  readonly fired: number;
}

function pattern(text: string, field: string): RegExp {
  try {
    return new RegExp(text, 'i');
  } catch (error) {
    throw new Error(`${field} is not a regular expression: ${(error as Error).message}`, { cause: error });
  }
}

function decoded(query: string): string {
  try {
    return decodeURIComponent(query.replaceAll('+', ' '));
  } catch {
    return query;
  }
}

function matcher(rule: FaultRule): ActiveRule['fits'] {
  const wanted = rule.path.startsWith('^') ? pattern(rule.path, 'path') : rule.path.toLowerCase();
  const verbs = rule.method === undefined ? undefined : [rule.method].flat();
  const inQuery = rule.query === undefined ? undefined : pattern(rule.query, 'query');
  return (method, path, query) =>
    (verbs === undefined || verbs.includes(method)) &&
    (typeof wanted === 'string' ? path.toLowerCase().startsWith(wanted) : wanted.test(path)) &&
    (inQuery === undefined || inQuery.test(decoded(query)));
}

/** The rules in force, and which of them strikes a request. */
export class Faults {
  readonly #seed: number;
  #rules: ActiveRule[] = [];
  #lastId = 0;

  constructor(seed: number) {
    this.#seed = seed;
  }

  /** Adds rules after those that are there. Throws a readable error if one is not valid; then none is added. */
  add(inputs: readonly FaultRuleInput[]): FaultStatus[] {
    const added = inputs.map((input): ActiveRule => {
      const rule = faultRuleSchema.parse(input);
      const id = ++this.#lastId;
      return { id, rule, fits: matcher(rule), random: createRandom(this.#seed, `fault/${id}`), seen: 0, fired: 0 };
    });
    this.#rules.push(...added);
    return added.map(status);
  }

  list(): FaultStatus[] {
    return this.#rules.map(status);
  }

  /** Removes one rule, or all. Returns how many. */
  clear(id?: number): number {
    const before = this.#rules.length;
    this.#rules = id === undefined ? [] : this.#rules.filter((active) => active.id !== id);
    return before - this.#rules.length;
  }

  /** The rule that strikes this request, if any; counts it. `path` is the one below the API's root. */
  strike(method: string, path: string, query: string): FaultRule | undefined {
    for (const active of this.#rules) {
      const { rule } = active;
      if (!active.fits(method, path, query)) continue;
      active.seen++;
      if (active.seen <= rule.afterRequests) continue;
      if (rule.count !== undefined && active.fired >= rule.count) continue;
      if (!ROW_KINDS.has(String(effectOf(rule))) && !active.random.chance(rule.share)) continue;
      active.fired++;
      return rule;
    }
    return undefined;
  }
}

function status({ id, rule, seen, fired }: ActiveRule): FaultStatus {
  return { id, ...rule, seen, fired };
}
