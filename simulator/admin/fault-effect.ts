import type { Delivery } from '../http/send.ts';
import type { Reply, SimulatedPsa } from '../psa.ts';
import { effectOf, type FaultKind, type FaultRule } from './fault-rule.ts';
import { corruptRows, duplicateRows, withoutRows } from './spoil-rows.ts';

/** What happens to a struck request. */
export interface Effect {
  /** Whether the PSA carries the request out: as usual, never, or unseen by the caller after the answer is gone. */
  readonly carryOut: 'yes' | 'never' | 'unseen';
  /** Wait before it is carried out. */
  readonly waitMs: number;
  /** Makes the answer out of the true one, which is an empty 200 if nothing was carried out. */
  readonly reply: (reply: Reply) => Reply;
  readonly delivery: Delivery;
}

const same = (reply: Reply): Reply => reply;
const whole: Delivery = { how: 'whole' };
const HTML = '<!DOCTYPE html><html><head><title>Please wait</title></head><body><h1>Service notice</h1></body></html>';

/** A request that no rule strikes. */
export const NO_FAULT: Effect = { carryOut: 'yes', waitMs: 0, reply: same, delivery: whole };

const instead = (reply: Reply): Effect => ({ ...NO_FAULT, carryOut: 'never', reply: () => reply });
const changed = (reply: Effect['reply']): Effect => ({ ...NO_FAULT, reply });
const sentAs = (carryOut: Effect['carryOut'], delivery: Delivery): Effect => ({ ...NO_FAULT, carryOut, delivery });

const silence = ({ connection }: FaultRule): Delivery => ({ how: connection === 'hold' ? 'hang' : 'drop' });

const EFFECTS: Record<FaultKind, (rule: FaultRule, psa: SimulatedPsa) => Effect> = {
  unauthorized: (_, psa) => instead(psa.failure(401, null)),
  forbidden: (_, psa) => instead(psa.failure(403, null)),
  html: (rule) => instead({ status: rule.status ?? 200, text: HTML, headers: { 'content-type': 'text/html' } }),
  redirect: (rule) => instead({ status: rule.status ?? 302, text: '', headers: { location: rule.location } }),
  empty: () => changed(withoutRows),
  corrupt: (rule) => changed((reply) => corruptRows(reply, rule.share)),
  duplicate: (rule) => changed((reply) => duplicateRows(reply, rule.share)),
  cut: () => sentAs('yes', { how: 'cut' }),
  truncated: () => sentAs('yes', { how: 'truncated' }),
  slow: (rule) => sentAs('yes', { how: 'slow', durationMs: rule.delayMs ?? 5000 }),
  delay: (rule) => ({ ...NO_FAULT, waitMs: rule.delayMs ?? 1000 }),
  drop: () => sentAs('never', { how: 'drop' }),
  hang: () => sentAs('never', { how: 'hang' }),
  'lost-answer': (rule) => sentAs('yes', silence(rule)),
  'late-write': (rule) => ({ ...sentAs('unseen', silence(rule)), waitMs: rule.delayMs ?? 1000 }),
  'failed-answer': (rule, psa) => changed(() => psa.failure(rule.status ?? 500, rule.retryAfterSeconds)),
  huge: (rule) => sentAs('never', { how: 'huge', bytes: rule.bytes, gzip: rule.gzip }),
};

export function effect(rule: FaultRule, psa: SimulatedPsa): Effect {
  const kind = effectOf(rule);
  return typeof kind === 'number' ? instead(psa.failure(kind, rule.retryAfterSeconds)) : EFFECTS[kind](rule, psa);
}
