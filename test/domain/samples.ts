import { matchKey } from '../../domain/match-key.ts';
import { recordHash } from '../../domain/record-hash.ts';
import type { Kind } from '../../domain/kinds.ts';
import type { OpenReference, PlanInput, PlanItem, PlanLink, PlanRecord } from '../../domain/plan-types.ts';
import type { PsaRecord } from '../../domain/psa-record.ts';
import type { RunSettings } from '../../domain/run-settings.ts';
import type { LocalValues, PsaValues } from '../../domain/values.ts';

export const runSettings = (over: Partial<RunSettings> = {}): RunSettings => ({
  contactsSync: true,
  twoWay: false,
  keepLocalWhenBlank: false,
  ticked: {},
  ...over,
});

export const psaRecord = (over: Partial<PsaRecord> = {}): PsaRecord => ({
  kind: 'organization',
  psaId: '1',
  types: [],
  status: null,
  fields: {},
  gone: false,
  ...over,
});

interface ItemInput {
  readonly psaId: string;
  readonly fields: PsaValues;
  readonly local?: LocalValues;
  readonly open?: readonly OpenReference[];
  readonly organizationId?: string | null;
}

/** An item whose values are the same in the PSA's terms and in ours, unless told. */
export function planItem(kind: Kind, input: ItemInput): PlanItem {
  const { psaId, fields, open = [], organizationId = null } = input;
  const local = input.local ?? (fields as LocalValues);
  return {
    psaId,
    fields,
    local,
    open,
    organizationId,
    hash: recordHash({ kind, mappingVersion: 1, settings: '', fields }),
    matchKey: matchKey(kind, local),
  };
}

/** A contact of organization `org`, as a page brings it. */
export function contactItem(psaId: string, firstName: string, lastName: string, org = '100'): PlanItem {
  const fields = { organization: org, firstName, lastName };
  return planItem('contact', { psaId, fields, organizationId: org });
}

export const planRecord = (id: string, values: LocalValues, over: Partial<PlanRecord> = {}): PlanRecord => ({
  id,
  values,
  pending: [],
  linkedTo: null,
  olderThanRun: true,
  ...over,
});

export const contactRecord = (id: string, firstName: string, lastName: string, over: Partial<PlanRecord> = {}) =>
  planRecord(id, { organization: '100', firstName, lastName }, over);

/** The link that applying `item` to a record leaves behind. */
export const linkTo = (item: PlanItem, recordId: string, over: Partial<PlanLink> = {}): PlanLink => ({
  psaId: item.psaId,
  recordId,
  state: 'live',
  base: item.fields,
  hash: item.hash,
  open: item.open,
  drifted: false,
  ...over,
});

interface PageInput {
  readonly kind?: Kind;
  readonly settings?: Partial<PlanInput['settings']>;
  readonly items: readonly PlanItem[];
  readonly links?: readonly PlanLink[];
  readonly records?: readonly PlanRecord[];
}

export const page = ({ kind = 'contact', settings = {}, items, links = [], records = [] }: PageInput): PlanInput => ({
  kind,
  settings: { contactsSync: true, twoWay: false, keepLocalWhenBlank: false, ...settings },
  items,
  links: new Map(links.map((link) => [link.psaId, link])),
  records: new Map(records.map((record) => [record.id, record])),
});
