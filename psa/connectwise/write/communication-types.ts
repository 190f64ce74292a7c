import { z } from 'zod';
import { foldText } from '../../../domain/normalise.ts';
import { cleanText } from '../../../domain/clean-text.ts';
import { badAnswer } from '../../http/answers.ts';
import type { ConnectWiseClient } from '../client.ts';
import { PSA } from '../errors.ts';
import { WRITE_LISTS } from '../lists.ts';

/** What ConnectWise tells apart, in its own spelling: the case of its enumerations counts. */
export type CommunicationKind = 'Email' | 'Phone' | 'Fax';

export interface CommunicationType {
  readonly id: number;
  readonly name: string;
  /** At least one; a communication of this type must be of one of them. */
  readonly kinds: readonly CommunicationKind[];
  readonly isDefault: boolean;
}

/** The rows of ConnectWise's list of communication types, kept for the life of a connection. */
export interface CommunicationTypes {
  /** Asks again when one of the names is not among the rows, but not more often than once a minute. */
  rows(names: readonly string[], signal?: AbortSignal): Promise<readonly CommunicationType[]>;
}

const RENEWED_AFTER_MS = 60_000; // a type added in ConnectWise is known a minute later; unknown names cost no request each

const FLAGS = [
  ['Email', 'emailFlag'],
  ['Phone', 'phoneFlag'],
  ['Fax', 'faxFlag'],
] as const;

const flag = z.boolean().nullish();
const typeRow = z.object({
  id: z.int().positive(),
  description: z.string(),
  emailFlag: flag,
  phoneFlag: flag,
  faxFlag: flag,
  defaultFlag: flag,
  disabled: flag,
});

export function createCommunicationTypes(client: ConnectWiseClient): CommunicationTypes {
  let known: { readonly rows: readonly CommunicationType[]; readonly at: number } | null = null;
  return {
    async rows(names, signal) {
      const isKnown = (name: string) => known?.rows.some((row) => sameName(row, name));
      const isFresh = known !== null && performance.now() - known.at < RENEWED_AFTER_MS;
      if (known !== null && (isFresh || names.every(isKnown))) return known.rows;
      known = { rows: await readTypes(client, signal), at: performance.now() };
      return known.rows;
    },
  };
}

export function sameName({ name }: CommunicationType, other: string): boolean {
  return foldText(name) === foldText(other);
}

/** Whole rows, because `disabled` can't be asked for by name where it does not exist; disabled ones are left out. */
async function readTypes(client: ConnectWiseClient, signal?: AbortSignal): Promise<CommunicationType[]> {
  const list = WRITE_LISTS.communicationTypes;
  const rows = await client.listAll({ list, fields: [], scope: 'record', signal });
  return rows.flatMap((row) => {
    const parsed = typeRow.safeParse(row);
    if (!parsed.success)
      throw badAnswer({ psa: PSA, what: `list ${list.words}`, scope: 'record' }, "with a row that can't be read");
    const { id, description, defaultFlag, disabled, ...flags } = parsed.data;
    if (disabled === true) return [];
    const kinds = FLAGS.filter(([, name]) => flags[name] === true).map(([kind]) => kind);
    return [{ id, name: cleanText(description) ?? String(id), kinds, isDefault: defaultFlag === true }];
  });
}
