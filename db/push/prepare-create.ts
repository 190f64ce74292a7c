import { sql } from 'drizzle-orm';
import { passGate } from '../../domain/gate.ts';
import type { ProviderRules } from '../../domain/provider-rules.ts';
import type { PsaRecord } from '../../domain/psa-record.ts';
import { isBlank, type LocalValues, type PsaLookup, type PsaValues } from '../../domain/values.ts';
import { WHY_OUTSIDE } from '../../domain/why.ts';
import type { ApplyContext } from '../apply/context.ts';
import type { Integration } from '../integrations/read-integration.ts';
import { keyColumnOf } from '../match-keys.ts';
import { RECORD_TABLES, valuesOfRow } from '../record-tables.ts';
import { type PendingEdit, readPendingEdits } from './pending-edits.ts';
import { told, unknownTold, type ValueProblem } from './prepare-update.ts';
import type { PushKey } from './push-key.ts';
import type { PushFailure } from './settle-push.ts';
import { toPsaValues } from './to-psa-values.ts';
import { type MissingParent, whyItWaits } from './wait-for-parent.ts';

export interface PrepareCreate {
  readonly context: ApplyContext;
  readonly integration: Integration;
  readonly rules: ProviderRules;
  readonly key: PushKey;
  /** Fields that the PSA takes. */
  readonly fields: readonly string[];
  readonly problemsOf: (set: PsaValues) => readonly ValueProblem[];
}

/** What is to be made, and what it was made from. */
export interface DraftedRecord {
  readonly set: PsaValues;
  readonly local: LocalValues;
  /** Edits that are part of it. */
  readonly edits: readonly PendingEdit[];
  /** References to records that are not in the PSA yet: patched in once they are. */
  readonly deferred: readonly MissingParent[];
  readonly organizationId: string | null;
  readonly matchKey: string | null;
}

export type PreparedCreate =
  | { readonly next: 'gone' }
  | { readonly next: 'fail'; readonly failure: PushFailure }
  | { readonly next: 'wait'; readonly parent: MissingParent }
  | { readonly next: 'find'; readonly draft: DraftedRecord };

/** Puts a record of ours into the PSA's terms, all that is not blank, and sees whether it may be made there. */
export async function prepareCreate(input: PrepareCreate): Promise<PreparedCreate> {
  const { context, key, integration, rules, fields } = input;
  const { tx, kind } = context;
  // Before the record: an edit that comes in between is then sent twice, and not lost.
  const edits = await readPendingEdits(tx, key);
  const [row] = await tx.db.execute(sql`
    select * from ${sql.raw(RECORD_TABLES[kind].table)} where tenant_id = ${tx.tenantId} and id = ${key.recordId}`);
  if (!row) return { next: 'gone' };
  const local = valuesOfRow(kind, row);
  const wanted = fields.filter((field) => !isBlank(local[field]));
  const {
    values: set,
    parents,
    unknown,
  } = await toPsaValues(tx, { integration, kind, values: local, fields: wanted }, rules);
  const organization = parents.find(({ field }) => field === 'organization');
  if (organization) return { next: 'wait', parent: organization };
  if (unknown.length > 0)
    return failed('not_writable', unknown.map(({ message }) => message).join(' '), unknownTold(unknown));
  const outside = outsideReason(context, set);
  if (outside) return failed('outside_gate', WHY_OUTSIDE[outside]);
  const problems = input.problemsOf(set);
  // What it refers to is not blank: the record is made without it and patched, or waits where the PSA does not do without.
  const needed = parents.find(({ field }) => problems.some((problem) => problem.field === field));
  const others = problems.filter(({ field }) => field !== needed?.field);
  if (others[0]) {
    const more = needed ? ` ${await whyItWaits(tx, needed)}` : '';
    return failed(others[0].code, told(others) + more, told(others));
  }
  if (needed) return { next: 'wait', parent: needed };
  const organizationId = (local['organization'] as string | null | undefined) ?? null;
  const matchKey = row[keyColumnOf(kind, context.matchRule)] as string | null;
  return { next: 'find', draft: { set, local, edits, deferred: parents, organizationId, matchKey } };
}

/** Why the record would stay outside if the PSA had it just so; null when it would come in. */
function outsideReason(context: ApplyContext, set: PsaValues) {
  const [type, status] = [set['type'], set['status']] as (PsaLookup | null | undefined)[];
  const { kind, settings, gate } = context;
  const record: PsaRecord = {
    kind,
    psaId: '',
    types: type ? [type] : [],
    status: status ?? null,
    fields: set,
    gone: false,
  };
  const passed = passGate(record, settings, gate);
  if (!passed.inside) return passed.reason;
  return kind === 'contact' && !settings.contactsSync ? 'contacts_off' : null;
}

function failed(code: PushFailure['code'], reason: string, told = reason): PreparedCreate {
  return { next: 'fail', failure: { state: 'failed', code, reason, told } };
}
