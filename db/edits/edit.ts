import type { ValueProblem } from '../../domain/check-values.ts';
import type { WhyReadOnly } from '../../domain/edit-rules.ts';
import type { Kind } from '../../domain/kinds.ts';
import type { LocalValues } from '../../domain/values.ts';
import { Refusal } from '../refusal.ts';

export type { ProviderRules } from '../../domain/provider-rules.ts';

/** Who writes, and whether it goes on to a PSA: imports never do. */
export interface Writer {
  readonly source: 'edit' | 'import' | 'restore';
  readonly author: string;
}

export interface EditRecord extends Writer {
  readonly recordId: string;
  /** Its kind, where the writer knows it: saves a look-up, and a record of another kind is not found. */
  readonly kind?: Kind;
  /** Changed fields, in our terms; fields that are not named stay as they are. Empty: saved as it is. */
  readonly set: LocalValues;
  /** The only integration that saving it is the consent to push to; none named: all of them. */
  readonly onlyTo?: string;
  /** The version that the writer saw; another one now is a `StaleVersion`. */
  readonly ifVersion?: number;
  /** The same, by the time of its last change. */
  readonly ifUpdatedAt?: Date;
}

export interface MakeRecord extends Writer {
  readonly kind: Kind;
  readonly values: LocalValues;
}

/** A push that an edit asked for: to be started once the transaction is committed. */
export interface RequestedPush {
  readonly integrationId: string;
  readonly integrationKey: string;
  readonly provider: string;
  readonly kind: Kind;
  readonly recordId: string;
}

export interface Edited {
  readonly recordId: string;
  readonly kind: Kind;
  /** Fields whose value changed; of a new record, those that have one. */
  readonly changed: readonly string[];
  readonly pushes: readonly RequestedPush[];
  /** PSAs that will refuse it, because they only give records of its kind: it is kept here alone. */
  readonly refusals: readonly SureRefusal[];
}

/** A push that is known to be refused when it is asked for. */
export interface SureRefusal {
  readonly integrationKey: string;
  /** With the way out. */
  readonly reason: string;
}

/** What whoever saves a record of a kind is told that a PSA only gives. */
export const onlyGiven = (integrationKey: string, kind: Kind): SureRefusal => ({
  integrationKey,
  reason: `${integrationKey} only gives ${kind}s and takes none: this one is kept here alone. Make it in the PSA as it stands here, and the next full sync ties the two.`,
});

export interface ReadOnlyField {
  readonly field: string;
  /** Goes on after "<field> of record 12 ...". */
  readonly reason: string;
  readonly code: WhyReadOnly;
  /** Key of the integration whose link keeps it. */
  readonly integration: string;
}

/** Fields that may not be written here, because a PSA gives them. */
export class ReadOnlyFields extends Refusal {
  override readonly name = 'ReadOnlyFields';
  readonly recordId: string;
  readonly fields: readonly ReadOnlyField[];

  constructor(recordId: string, fields: readonly ReadOnlyField[]) {
    const said = fields.map(({ field, reason }) => `${field} of record ${recordId} ${reason}.`);
    const apart = `disable or disconnect the sync of record ${recordId}`;
    super(
      said.join(' '),
      fields.some(({ code }) => code === 'two_way_off')
        ? `Switch two-way sync on, or ${apart}.`
        : `Change it in the PSA, or ${apart}.`,
    );
    this.recordId = recordId;
    this.fields = fields;
  }
}

/** Values that can't be stored, all of them named. */
export class InvalidValues extends Refusal {
  override readonly name = 'InvalidValues';
  readonly problems: readonly ValueProblem[];

  constructor(subject: string, problems: readonly ValueProblem[]) {
    super(`${subject} can't be saved: ${problems.map(({ field, message }) => `${field}: ${message}`).join(' ')}`);
    this.problems = problems;
  }
}

/** There is no such record, or none of that kind. */
export class NoSuchRecord extends Refusal {
  override readonly name = 'NoSuchRecord';
  readonly recordId: string;

  constructor(recordId: string) {
    super(`There is no record ${recordId}.`);
    this.recordId = recordId;
  }
}

/** The record has changed since the writer saw it; whoever catches it shows the newer one. */
export class StaleVersion extends Refusal {
  override readonly name = 'StaleVersion';
  readonly recordId: string;

  constructor(recordId: string) {
    super(
      `Record ${recordId} has changed since it was read.`,
      'Read it again, and send the change with its new version.',
    );
    this.recordId = recordId;
  }
}

/** Records that may not be deleted, by rule 17 or because the PSA is just getting them. */
export class StillSyncing extends Refusal {
  override readonly name = 'StillSyncing';
  readonly recordIds: readonly string[];

  constructor(message: string, recordIds: readonly string[], wayOut: string) {
    super(message, wayOut);
    this.recordIds = recordIds;
  }
}

/** Several at once, of which nothing was written: why, by their place in what was asked. */
export class RefusedBatch extends Refusal {
  override readonly name = 'RefusedBatch';
  readonly refusals: readonly { readonly index: number; readonly refusal: Refusal }[];

  constructor(refusals: RefusedBatch['refusals']) {
    super(refusals.map(({ refusal }) => refusal.message).join(' '), refusals[0]?.refusal.wayOut);
    this.refusals = refusals;
  }
}
