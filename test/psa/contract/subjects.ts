import type { Kind } from '../../../domain/kinds.ts';
import { adapterFor } from '../../../psa/registry.ts';
import type { Subject } from './subject.ts';
import { autotask, autotaskAddresses } from './subjects/autotask.ts';
import { connectwise } from './subjects/connectwise.ts';
import { kaseyaBms, pulseway, vorex } from './subjects/kaseya-bms.ts';
import { tigerpaw } from './subjects/tigerpaw.ts';

/** Every PSA that the contract suite is run for, in each way in which it can be read. */
const SUBJECTS: readonly Subject[] = [connectwise, autotask, autotaskAddresses, kaseyaBms, vorex, pulseway, tigerpaw];

interface Case {
  readonly name: string;
  readonly subject: Subject;
}

/** For `describe.each`. */
export const CASES: readonly Case[] = SUBJECTS.map((subject) => ({
  name: subject.title ?? subject.provider,
  subject,
}));

/** For `it.each`: every kind that a PSA has. */
export const kindsOf = ({ provider }: Subject): readonly Kind[] => adapterFor(provider).capabilities.kinds;
