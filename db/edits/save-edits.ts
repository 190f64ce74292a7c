import { checkValues, type ValueProblem } from '../../domain/check-values.ts';
import { isSyncing } from '../../domain/edit-rules.ts';
import { FIELDS, fieldSpec } from '../../domain/fields.ts';
import type { Kind } from '../../domain/kinds.ts';
import type { ProviderRules } from '../../domain/provider-rules.ts';
import { type LocalValues, sameValue } from '../../domain/values.ts';
import type { TenantTx } from '../database.ts';
import { Refusal } from '../refusal.ts';
import { checkReferences } from './check-references.ts';
import { differsFromBase } from './differs-from-base.ts';
import {
  type Edited,
  type EditRecord,
  InvalidValues,
  NoSuchRecord,
  onlyGiven,
  ReadOnlyFields,
  RefusedBatch,
  StaleVersion,
  type SureRefusal,
} from './edit.ts';
import { findCreates, isPushed, takesAnyOf } from './find-creates.ts';
import { kindOfRecord } from './kind-of-record.ts';
import { type EditedIntegration, type Locked, type LockedRecord, lockForEdit } from './lock-for-edit.ts';
import { consequencesOf, readOnlyFields } from './plan-edit.ts';
import { type AskedPush, type PlannedEdit, writeEdits } from './write-edits.ts';

/**
 * Saves an edit of one record: record, field history, edits on their way and pushes, in the caller's transaction, whose
 * origin is `local`. Saving is the consent to push what the PSA does not have yet, even if no value changes.
 * @throws NoSuchRecord, StaleVersion, InvalidValues, ReadOnlyFields
 */
export async function saveEdit(tx: TenantTx, edit: EditRecord, rules: ProviderRules): Promise<Edited> {
  const kind = edit.kind ?? (await kindOfRecord(tx, edit.recordId));
  if (kind === null) throw new NoSuchRecord(edit.recordId);
  try {
    const [edited] = await saveEdits(tx, kind, [edit], rules);
    if (edited) return edited;
  } catch (error) {
    throw error instanceof RefusedBatch ? (error.refusals[0]?.refusal ?? error) : error;
  }
  throw new Error(`the edit of record ${edit.recordId} was not answered`);
}

/**
 * Saves edits of several records of a kind, all or none: they are locked together, in the order in which pages lock.
 * @throws RefusedBatch that names each edit that can't be saved, by its place
 */
export async function saveEdits(
  tx: TenantTx,
  kind: Kind,
  edits: readonly EditRecord[],
  rules: ProviderRules,
): Promise<Edited[]> {
  if (edits.length === 0) return [];
  refuseTwice(edits);
  const checked = edits.map(({ set }) => checkValues(kind, set));
  const ids = edits.map(({ recordId }) => recordId);
  const locked = await lockForEdit(tx, kind, ids);
  const judged = edits.map((edit, i) => judge(edit, checked[i] ?? { values: {}, problems: [] }, locked, rules));
  const ready = await refuseProblems(tx, kind, judged);
  const planned = await plan(tx, kind, ready, locked.integrations, rules);
  const asked = await writeEdits(tx, kind, planned);
  return planned.map((one) => editedOf(kind, one, asked, locked.integrations, rules));
}

function refuseTwice(edits: readonly EditRecord[]): void {
  const seen = new Set<string>();
  const twice = edits.flatMap(({ recordId }, index) => {
    const again = seen.has(recordId);
    seen.add(recordId);
    return again ? [{ index, refusal: new Refusal(`Record ${recordId} is named twice.`) }] : [];
  });
  if (twice.length > 0) throw new RefusedBatch(twice);
}

interface Judged {
  readonly edit: EditRecord;
  readonly record: LockedRecord | null;
  /** Fields that change. */
  readonly set: LocalValues;
  readonly problems: readonly ValueProblem[];
  readonly refusal: Refusal | null;
}

function judge(
  edit: EditRecord,
  { values, problems }: ReturnType<typeof checkValues>,
  { records, integrations }: Locked,
  rules: ProviderRules,
): Judged {
  const record = records.get(edit.recordId) ?? null;
  const refused = (refusal: Refusal): Judged => ({ edit, record, set: {}, problems, refusal });
  if (!record) return refused(new NoSuchRecord(edit.recordId));
  if (isStale(edit, record)) return refused(new StaleVersion(record.id));
  const changed = Object.fromEntries(
    Object.entries(values).filter(([field, value]) => !sameValue(record.values[field], value)),
  );
  const set = { ...leftBehind(record, values, changed), ...changed };
  const readOnly = readOnlyFields(record.kind, record.ties, integrations, Object.keys(set), rules);
  if (readOnly.length > 0) return refused(new ReadOnlyFields(record.id, readOnly));
  return { edit, record, set, problems, refusal: null };
}

/** Values that can't stay where what they belong to changes, and that the writer does not name: a model without its manufacturer. */
function leftBehind({ kind, values: before }: LockedRecord, named: LocalValues, changed: LocalValues): LocalValues {
  const fields = Object.keys(FIELDS[kind]).filter((field) => {
    const spec = fieldSpec(kind, field);
    return spec?.type === 'lookup' && spec.within !== undefined && spec.within in changed;
  });
  return Object.fromEntries(
    fields.filter((field) => !(field in named) && (before[field] ?? null) !== null).map((field) => [field, null]),
  );
}

function isStale({ ifVersion, ifUpdatedAt }: EditRecord, { version, updatedAt }: LockedRecord): boolean {
  if (ifVersion !== undefined && ifVersion !== version) return true;
  return ifUpdatedAt !== undefined && updatedAt > ifUpdatedAt;
}

interface Ready {
  readonly edit: EditRecord;
  readonly record: LockedRecord;
  readonly set: LocalValues;
}

/** Goes on only if every edit can be saved. */
async function refuseProblems(tx: TenantTx, kind: Kind, judged: readonly Judged[]): Promise<Ready[]> {
  const ready = judged.flatMap(({ edit, record, set, refusal }) => (record && !refusal ? [{ edit, record, set }] : []));
  const references = await checkReferences(
    tx,
    kind,
    ready.map(({ record, set }) => ({
      recordId: record.id,
      values: { ...record.values, ...set },
      changed: Object.keys(set),
    })),
  );
  const found = new Map(ready.map(({ edit }, i) => [edit, references[i] ?? []]));
  const refusals = judged.flatMap(({ edit, problems, refusal }, index) => {
    if (refusal) return [{ index, refusal }];
    const all = [...problems, ...(found.get(edit) ?? [])];
    return all.length > 0 ? [{ index, refusal: new InvalidValues(`Record ${edit.recordId}`, all) }] : [];
  });
  if (refusals.length > 0) throw new RefusedBatch(refusals);
  return ready;
}

async function plan(
  tx: TenantTx,
  kind: Kind,
  ready: readonly Ready[],
  integrations: readonly EditedIntegration[],
  rules: ProviderRules,
): Promise<PlannedEdit[]> {
  const pushing = ready.filter(({ edit }) => edit.source !== 'import');
  const differing = await findDiffering(tx, kind, pushing, integrations, rules);
  const creates = await findCreates(
    tx,
    kind,
    pushing.flatMap(({ edit, record, set }, index) =>
      meantBy(edit, integrations)
        .filter(({ id }) => record.ties.every(({ integrationId }) => integrationId !== id))
        .map((integration) => ({ index, integration, values: { ...record.values, ...set } })),
    ),
    rules,
  );
  return ready.map(({ edit, record, set }) => {
    const head = { recordId: record.id, writer: edit, before: record.values, set };
    const index = pushing.findIndex((one) => one.record === record);
    // An import that replaces an edit on its way: the record does not hold it any more, and imports are not sent.
    if (index === -1) return { ...head, pending: [], pushes: [], dropped: Object.keys(set) };
    const asked = creates.filter((one) => one.index === index).map(({ integration }) => integration.id);
    const differs = new Map([...differing].map(([id, fields]) => [id, fields.get(record.id) ?? []]));
    const consequences = {
      record,
      set,
      integrations: meantBy(edit, integrations),
      differing: differs,
      creates: new Set(asked),
    };
    return { ...head, ...consequencesOf(consequences, rules), dropped: [] };
  });
}

/** PSAs that an edit may be pushed to. */
function meantBy({ onlyTo }: EditRecord, integrations: readonly EditedIntegration[]): readonly EditedIntegration[] {
  return onlyTo === undefined ? integrations : integrations.filter(({ id }) => id === onlyTo);
}

/** Fields that differ from what the PSA held, by integration and record; only a link marked as drifted can have some. */
async function findDiffering(
  tx: TenantTx,
  kind: Kind,
  ready: readonly Ready[],
  integrations: readonly EditedIntegration[],
  rules: ProviderRules,
): Promise<Map<string, ReadonlyMap<string, readonly string[]>>> {
  const differing = new Map<string, ReadonlyMap<string, readonly string[]>>();
  for (const integration of integrations) {
    if (!isPushed(integration, rules)) continue;
    const based = ready.flatMap(({ record, set }) => {
      const tie = record.ties.find(({ integrationId, state }) => integrationId === integration.id && isSyncing(state));
      if (!tie?.drifted || !tie.base) return [];
      return [{ recordId: record.id, values: { ...record.values, ...set }, base: tie.base }];
    });
    differing.set(integration.id, await differsFromBase(tx, integration, kind, based, rules));
  }
  return differing;
}

function editedOf(
  kind: Kind,
  { recordId, set }: PlannedEdit,
  asked: readonly AskedPush[],
  integrations: readonly EditedIntegration[],
  rules: ProviderRules,
): Edited {
  const refusals: SureRefusal[] = [];
  const pushes = asked
    .filter((one) => one.recordId === recordId)
    .flatMap(({ integrationId }) => {
      const integration = integrations.find(({ id }) => id === integrationId);
      if (!integration) return [];
      const { key: integrationKey, provider } = integration;
      if (!takesAnyOf(integration, kind, rules)) refusals.push(onlyGiven(integrationKey, kind));
      return [{ integrationId, integrationKey, provider, kind, recordId }];
    });
  return { recordId, kind, changed: Object.keys(set), pushes, refusals };
}
