import { isBlank, type PsaValues } from '../../../domain/values.ts';
import type { WriteProblem, WriteValues } from '../../contract.ts';
import { missingField, writeProblems } from '../../write/problems.ts';
import { PSA } from '../errors.ts';
import { MAPPING } from '../mapping.ts';
import { identifierOf } from './identifier.ts';
import { ENTRY_LENGTHS, longest } from './lengths.ts';
import { KEPT, REQUIRED } from './required.ts';

/** What keeps values from being written, as far as it can be told without asking; texts are measured by the release. */
export function problems(request: WriteValues, release: string | null): readonly WriteProblem[] {
  const rules = {
    psa: PSA,
    mapping: MAPPING,
    required: REQUIRED,
    kept: KEPT,
    longest: (kind: WriteValues['kind'], field: string) => longest(kind, field, release),
    entryLengths: ENTRY_LENGTHS,
  };
  const isNewCompany = request.current === null && request.kind === 'organization';
  return [...writeProblems(rules, request), ...(isNewCompany ? missingIdentifier(request.set) : [])];
}

/** A company id is made of the name where there is no short name. */
function missingIdentifier({ name, shortName }: PsaValues): WriteProblem[] {
  if (!isBlank(shortName) || typeof name !== 'string' || identifierOf(name) !== '') return [];
  const message = `shortName is blank, and ${PSA} needs a company id, which can't be made of a name without Latin letters or digits: enter one`;
  return [missingField('shortName', message)];
}
