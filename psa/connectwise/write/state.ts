import { z } from 'zod';
import { foldText } from '../../../domain/normalise.ts';
import { badAnswer } from '../../http/answers.ts';
import type { ConnectWiseClient } from '../client.ts';
import { PSA } from '../errors.ts';
import { WRITE_LISTS } from '../lists.ts';
import { reference, text } from '../schemas.ts';
import { namePattern } from './name-pattern.ts';
import { refused } from '../../write/refused.ts';

const stateRows = z.array(
  z.object({ id: z.int().positive(), identifier: text.nullish(), name: text.nullish(), country: reference.nullish() }),
);

type State = z.infer<typeof stateRows>[number];

const list = WRITE_LISTS.states;

/**
 * The row of the state that a region names, by its name or its abbreviation, in the country if one is given: names of states
 * are not unique, and a reference by name alone would be a guess.
 * @throws PsaError `refused` when there is none, or more than one
 */
export async function stateOf(
  client: ConnectWiseClient,
  region: string,
  country: string | null,
  signal: AbortSignal | undefined,
): Promise<{ readonly id: number }> {
  const pattern = namePattern(region);
  const conditions = pattern === '%' ? [] : [`(name like "${pattern}" or identifier like "${pattern}")`];
  const fields = ['id', 'identifier', 'name', 'country'];
  const rows = stateRows.safeParse(await client.listAll({ list, fields, conditions, scope: 'record', signal }));
  if (!rows.success)
    throw badAnswer({ psa: PSA, what: `list ${list.words}`, scope: 'record' }, "with a row that can't be read");
  const inCountry = rows.data.filter(({ country: of }) => country === null || isSame(of?.name, country));
  const byName = inCountry.filter(({ name }) => isSame(name, region));
  const fitting = byName.length > 0 ? byName : inCountry.filter(({ identifier }) => isSame(identifier, region));
  const [state, another] = fitting;
  if (state && !another) return { id: state.id };
  throw refused('region', another ? severalStates(country) : noState(country));
}

const isSame = (name: State['name'], other: string): boolean => foldText(name ?? '') === foldText(other);

function noState(country: string | null): string {
  const where = country === null ? '' : " of the location's country";
  return `region: ${PSA} has no state${where} by this name or abbreviation: use one of its states, or add it there (System > Setup Tables > State)`;
}

function severalStates(country: string | null): string {
  return country === null
    ? `region: ${PSA} has states by this name in several countries: enter the country as well`
    : `region: ${PSA} has several states by this name in the location's country: rename one there`;
}
