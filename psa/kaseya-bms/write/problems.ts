import { isEntries, type PsaValue } from '../../../domain/values.ts';
import type { WriteProblem, WriteValues } from '../../contract.ts';
import { choiceProblems } from '../../write/choice-problem.ts';
import { missingField, writeProblems } from '../../write/problems.ts';
import { MAPPING } from '../mapping.ts';
import { ACCOUNT_MANAGER, BUSINESS_TYPE, EMAIL_TYPE } from './push-settings.ts';
import { KEPT, REQUIRED } from './required.ts';

/** No extension: the product has no place for one. Lengths are not published, the server is the judge. */
const ENTRY_LENGTHS = { value: Number.MAX_SAFE_INTEGER, extension: 0 } as const;

const NEEDED_SETTINGS = {
  organization: [ACCOUNT_MANAGER, BUSINESS_TYPE],
  location: [],
  contact: [EMAIL_TYPE],
  configuration: [],
} as const;

/** What keeps values from being written, as far as it can be told without asking. */
export function problems(psa: string, request: WriteValues): readonly WriteProblem[] {
  if (request.kind === 'location' && request.current === null) return [noNewLocation(psa)];
  const rules = {
    psa,
    mapping: MAPPING,
    required: REQUIRED,
    kept: KEPT,
    longest: () => null,
    entryLengths: ENTRY_LENGTHS,
  };
  const found = writeProblems(rules, request).filter(
    ({ field }) => field !== 'phones' || !hasExtension(request.set['phones']),
  );
  return [...found, ...extensions(psa, request), ...(request.current === null ? ofNew(psa, request) : [])];
}

/** V2 has no way to; V1 is said to have one, without a document of what it takes. See NOTES. */
const noNewLocation = (psa: string): WriteProblem => ({
  field: null,
  code: 'not_writable',
  message: `${psa} makes locations only in its own windows, its API has no way to: make it there by the same name and address, and the next full sync ties the two`,
});

const hasExtension = (value: PsaValue | undefined): boolean =>
  isEntries(value) && value.some((entry) => 'extension' in entry && entry.extension !== null && entry.extension !== '');

function extensions(psa: string, { set }: WriteValues): WriteProblem[] {
  if (!hasExtension(set['phones'])) return [];
  const message = `phones has an entry with an extension, and ${psa} has no place for one: write it into the number, or leave it away`;
  return [{ field: 'phones', code: 'not_writable', message }];
}

/** A new contact must be reachable, and what only an operator can choose must be chosen. */
function ofNew(psa: string, { kind, set, settings }: WriteValues): WriteProblem[] {
  const entries = kind === 'contact' ? ['emails', 'phones'] : [];
  const withoutPrimary = entries.filter((field) => {
    const value = set[field];
    return isEntries(value) && value.length > 0 && !value.some(({ primary }) => primary);
  });
  return [
    ...withoutPrimary.map((field) => missingField(field, `${field} has no primary one, and ${psa} needs it: mark one`)),
    ...NEEDED_SETTINGS[kind].flatMap((setting) => choiceProblems(psa, setting, settings)),
  ];
}
