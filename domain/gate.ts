import type { LookupList } from './fields.ts';
import type { OutsideReason } from './plan-types.ts';
import type { PsaRecord } from './psa-record.ts';
import type { RunSettings } from './run-settings.ts';
import type { PsaLookup, PsaValue, PsaValues } from './values.ts';

/** The lists whose rows an operator ticks for a kind; a kind without them passes by its organization alone. */
export interface GateLists {
  readonly types: LookupList;
  readonly statuses: LookupList;
}

interface Outside {
  readonly inside: false;
  readonly reason: OutsideReason;
}

const outside = (reason: OutsideReason): Outside => ({ inside: false, reason });

/**
 * Whether a PSA record comes in by its type and status, and with which values: of several types the first ticked one, in the
 * PSA's order, becomes ours. What else can keep it out is judged later: its organization by `organizationGate`, the contacts
 * switch by the planner, because linked contacts stay in step with the switch off.
 */
export function passGate(
  record: PsaRecord,
  settings: RunSettings,
  lists: GateLists | undefined,
): { readonly inside: true; readonly fields: PsaValues } | Outside {
  if (record.gone) return outside('gone');
  if (lists === undefined) return { inside: true, fields: record.fields };
  const type = record.types.find((row) => isTicked(settings, lists.types, row));
  if (type === undefined) return outside('no_type_ticked');
  if (!isTicked(settings, lists.statuses, record.status)) return outside('status_not_ticked');
  return { inside: true, fields: { ...record.fields, type } };
}

function isTicked(settings: RunSettings, list: LookupList, row: PsaLookup | null): boolean {
  return row !== null && row.psaId !== null && (settings.ticked[list] ?? []).includes(row.psaId);
}

/**
 * Whether the organization of a child record syncs.
 * @param organization the child's field: the PSA id of its organization, or null.
 * @param live our ids of the organizations whose link is live, by PSA id.
 */
export function organizationGate(
  organization: PsaValue | undefined,
  live: ReadonlyMap<string, string>,
): { readonly inside: true; readonly organizationId: string } | Outside {
  if (typeof organization !== 'string') return outside('no_organization');
  const organizationId = live.get(organization);
  return organizationId === undefined ? outside('organization_outside') : { inside: true, organizationId };
}

/** Whether nothing of a gated kind can come in, because no type or no status is ticked: a run says so. */
export function nothingTicked(settings: RunSettings, lists: GateLists): boolean {
  return [lists.types, lists.statuses].some((list) => (settings.ticked[list] ?? []).length === 0);
}
