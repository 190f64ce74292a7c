import type { Kind } from '../../../domain/kinds.ts';
import { adapterFor } from '../../../psa/registry.ts';
import type { Subject } from './subject.ts';
import { autotask, autotaskAddresses } from './subjects/autotask.ts';
import { connectwise } from './subjects/connectwise.ts';
import { kaseyaBms, pulseway, vorex } from './subjects/kaseya-bms.ts';
import { tigerpaw } from './subjects/tigerpaw.ts';

/** Every PSA that the contract suite is run for: one line each. */
const SUBJECTS: readonly Subject[] = [connectwise, autotask, kaseyaBms, vorex, pulseway, tigerpaw];

interface Case {
  readonly name: string;
  readonly subject: Subject;
}

/** For `describe.each`: every PSA by its name. */
export const CASES: readonly Case[] = SUBJECTS.map((subject) => ({
  name: subject.title ?? subject.provider,
  subject,
}));

/** The same with PSAs that can be read in more than one way, in those that are not the usual one. */
export const ALL_WAYS: readonly Case[] = [...CASES, { name: autotaskAddresses.title!, subject: autotaskAddresses }];

/** For `it.each`: every kind that a PSA has. */
export const kindsOf = ({ provider }: Subject): readonly Kind[] => adapterFor(provider).capabilities.kinds;
