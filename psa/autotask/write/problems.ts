import { isEntries } from '../../../domain/values.ts';
import type { WriteProblem, WriteValues } from '../../contract.ts';
import { choiceProblems } from '../../write/choice-problem.ts';
import { writeProblems, type WriteRules } from '../../write/problems.ts';
import { PSA } from '../errors.ts';
import { MAPPING } from '../mapping.ts';
import { placed } from './entries.ts';
import { OWNER } from './push-settings.ts';
import { ENTRY_LENGTHS, KEPT, longest, REQUIRED } from './required.ts';

const RULES: WriteRules = {
  psa: PSA,
  mapping: MAPPING,
  required: REQUIRED,
  kept: KEPT,
  longest,
  entryLengths: ENTRY_LENGTHS,
};

/** What keeps values from being written, as far as it can be told without asking. */
export function problems(request: WriteValues): readonly WriteProblem[] {
  return [...writeProblems(RULES, request), ...entryProblems(request), ...ownerProblem(request)];
}

function entryProblems({ kind, set, settings }: WriteValues): WriteProblem[] {
  if (kind !== 'contact') return [];
  return (['emails', 'phones'] as const).flatMap((field) => {
    const entries = set[field];
    if (!isEntries(entries)) return [];
    const place = placed(field, entries, settings);
    return 'reason' in place ? [{ field, code: 'not_writable', message: place.reason } as const] : [];
  });
}

function ownerProblem({ kind, current, settings }: WriteValues): WriteProblem[] {
  return kind === 'organization' && current === null ? choiceProblems(PSA, OWNER, settings) : [];
}
