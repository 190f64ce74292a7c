import { badAnswer, jsonOf } from '../http/answers.ts';
import type { PsaHttpAnswer } from '../http.ts';
import { bmsFailure, failureIn, type Asking } from './errors.ts';
import { wireNames } from './wire-names.ts';

interface Envelope {
  readonly success?: unknown;
  readonly result?: unknown;
  readonly totalRecords?: unknown;
}

/** What an answer holds, with its names as the wire spells them. Throws for a failure, by its status or in its envelope. */
export function envelopeOf(
  answer: PsaHttpAnswer,
  asking: Asking,
): { readonly result: unknown; readonly total: number | null } {
  const isGood = answer.status >= 200 && answer.status < 300;
  const json = isGood ? wireNames(jsonOf(answer, asking)) : wireNames(jsonIfAny(answer.text));
  const failure = failureIn(json);
  if (!isGood || failure) throw bmsFailure(answer, failure, asking);
  if (typeof json !== 'object' || json === null) throw badAnswer(asking, 'with something else than an object');
  const { success, result = null, totalRecords } = json as Envelope;
  // Single accounts and contacts come bare.
  if (success === undefined) return { result: json, total: null };
  return { result, total: typeof totalRecords === 'number' ? totalRecords : null };
}

export function resultOf(answer: PsaHttpAnswer, asking: Asking): unknown {
  return envelopeOf(answer, asking).result;
}

function jsonIfAny(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}
