import type { Kind } from '../../domain/kinds.ts';
import type { LocalValues } from '../../domain/values.ts';
import { Refusal } from '../refusal.ts';

/** What edits have to know of providers; `psa/registry` has it. */
export interface ProviderRules {
  /** Which way a provider syncs a field; null where it does not. */
  directionOf(provider: string, kind: Kind, field: string): 'both' | 'pull' | null;
  /** Whether a provider takes writes at all. */
  isTwoWay(provider: string): boolean;
}

/** Who writes, and whether it goes on to a PSA: imports never do. */
export interface Writer {
  readonly source: 'edit' | 'import' | 'restore';
  readonly author: string;
}

export interface EditRecord extends Writer {
  readonly recordId: string;
  /** Changed fields, in our terms; fields that are not named stay as they are. */
  readonly set: LocalValues;
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
  /** Fields whose value changed. */
  readonly changed: readonly string[];
  readonly pushes: readonly RequestedPush[];
}

/** Fields that may not be written here, because a PSA gives them. */
export class ReadOnlyFields extends Refusal {
  override readonly name = 'ReadOnlyFields';
  readonly fields: readonly { readonly field: string; readonly reason: string }[];

  constructor(message: string, fields: ReadOnlyFields['fields'], wayOut?: string) {
    super(message, wayOut);
    this.fields = fields;
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
