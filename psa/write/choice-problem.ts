import type { PushSetting, WriteProblem, WriteValues } from '../contract.ts';
import { missingField } from './problems.ts';

/**
 * What is wrong with an operator's choice without which a new record can't be made, told without asking the PSA: none was made,
 * or it can't be one of the PSA's rows.
 */
export function choiceProblems(
  psa: string,
  { name, label }: Pick<PushSetting, 'name' | 'label'>,
  settings: WriteValues['settings'],
): WriteProblem[] {
  const chosen = settings[name] ?? '';
  if (/^\d+$/u.test(chosen)) return [];
  const needed = `${psa} needs the push setting "${label}" (push.${name})`;
  const reason = chosen === '' ? 'and none is chosen' : 'and does not have what is chosen';
  return [missingField(null, `${needed}, ${reason}: ${chooseAnother(name)}`)];
}

/** The way out, for whoever reads of a choice that does not fit. */
export const chooseAnother = (name: string): string => `choose one of \`psa-sync settings choices push.${name}\``;
