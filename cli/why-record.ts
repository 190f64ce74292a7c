import { NEWEST_READ } from '../db/apply/is-stale.ts';
import type { Names } from '../client/operate/local-as-json.ts';
import type { PsaAccess } from '../activities/psa-connections.ts';
import { type Explained, explainRecord } from '../db/apply/explain-record.ts';
import { contextOutsideRun } from '../db/apply/outside-run.ts';
import { linkOfPsaRecord, type RecordLink } from '../db/links/record-links.ts';
import { readNames, referredIds } from '../db/records/names.ts';
import { type Reject, rejectsOfPsaRecord } from '../db/rejects/rejects.ts';
import { type Review, reviewOfPsaRecord } from '../db/reviews/list-reviews.ts';
import { CHILD_KINDS, type ChildKind, type Kind } from '../domain/kinds.ts';
import type { PsaRecord } from '../domain/psa-record.ts';
import type { RunSettings } from '../domain/run-settings.ts';
import type { PsaLookup } from '../domain/values.ts';
import type { RejectedRow } from '../psa/contract.ts';
import { providerOf } from '../client/operate/provider-of.ts';
import type { TenantServices } from './services.ts';

export interface WhyRequest {
  readonly kind: Kind;
  readonly psaId: string;
  /** For kinds that the PSA lists under each organization, where no link tells it. */
  readonly organizationPsaId: string | null;
  readonly signal: AbortSignal;
}

/** A type or status of a PSA record, and whether it is ticked; null for kinds without ticks. */
export interface GateMark extends PsaLookup {
  readonly ticked: boolean | null;
}

/** All that there is to say of a PSA record, asked for now. */
export interface Why extends Omit<Explained, 'verdict'> {
  readonly kind: Kind;
  readonly psaId: string;
  /** What a run would do now; `missing`: the PSA does not have it, `unreadable`, `unknown`: the PSA did not answer for it. */
  readonly verdict: Explained['verdict'] | 'missing' | 'unreadable' | 'unknown';
  readonly psa: PsaRecord | null;
  readonly types: readonly GateMark[];
  readonly status: GateMark | null;
  readonly link: RecordLink | null;
  readonly review: Review | null;
  readonly rejects: readonly Reject[];
  /** The same of its organization, on which it depends. */
  readonly organization: Why | null;
  /** Names of what the changes replace. */
  readonly names: Names;
}

/** Asks the PSA for one record and says what a run would do with it, by the code that runs use. Writes nothing. */
export async function whyRecord(services: TenantServices, access: PsaAccess, request: WhyRequest): Promise<Why> {
  const { kind, psaId, signal } = request;
  const { integration, psa } = access;
  const known = await services.query(async (tx) => ({
    link: await linkOfPsaRecord(tx, integration.id, kind, psaId),
    review: await reviewOfPsaRecord(tx, integration.id, kind, psaId),
    rejects: await rejectsOfPsaRecord(tx, integration.id, kind, psaId),
  }));
  const under = known.link?.base?.['organization'] ?? known.review?.fields['organization'];
  const organizationPsaId = request.organizationPsaId ?? (typeof under === 'string' ? under : null);
  const answer = await psa.byIds({ kind, ids: [{ psaId, organizationPsaId }], signal });
  const [record] = answer.records;
  if (!record) return { ...NOTHING, kind, psaId, ...known, ...notReadable(answer, known.link) };

  const parent = record.fields['organization'];
  const isChild = CHILD_KINDS.includes(kind as ChildKind);
  const organization =
    isChild && typeof parent === 'string'
      ? await whyRecord(services, access, { kind: 'organization', psaId: parent, organizationPsaId: null, signal })
      : null;
  return services.query(async (tx) => {
    const context = await contextOutsideRun(tx, {
      integration,
      provider: providerOf(integration.provider),
      kind,
      readSeq: NEWEST_READ,
      organizations: insideOf(organization),
      planOnly: true,
    });
    const explained = await explainRecord(context, record);
    const replaced = explained.changes.flatMap(({ field, from }) => referredIds(kind, { [field]: from }));
    return {
      ...explained,
      kind,
      psaId,
      ...known,
      because: [explained.because, ...consequence(explained, known.link)].join(' '),
      psa: record,
      types: record.types.map((row) => mark(row, context.gate?.types, context.settings)),
      status: record.status && mark(record.status, context.gate?.statuses, context.settings),
      organization,
      names: await readNames(tx, replaced),
    };
  });
}

const NOTHING = {
  reason: null,
  recordId: null,
  candidateIds: [],
  changes: [],
  psa: null,
  types: [],
  status: null,
  organization: null,
  names: new Map<string, string>(),
};

/** The organization as its children would meet it: after a run has done with it what it would do. */
function insideOf(organization: Why | null): ReadonlyMap<string, string> {
  const comesIn = organization && ['create', 'link', 'update', 'unchanged'].includes(organization.verdict);
  return comesIn ? new Map([[organization.psaId, organization.recordId ?? NOT_MADE_YET]]) : new Map();
}

/** Negative ids stand for records that only a plan knows. */
const NOT_MADE_YET = '-1';

function mark(row: PsaLookup, list: keyof RunSettings['ticked'] | undefined, { ticked }: RunSettings): GateMark {
  return { ...row, ticked: list === undefined ? null : row.psaId !== null && !!ticked[list]?.includes(row.psaId) };
}

function notReadable(
  { rejects, missing }: { readonly rejects: readonly RejectedRow[]; readonly missing: readonly string[] },
  link: RecordLink | null,
): Pick<Why, 'verdict' | 'because'> {
  const [reject] = rejects;
  if (reject) return { verdict: 'unreadable', because: `The PSA has it, but it can't be read: ${reject.reason}` };
  if (missing.length === 0)
    return {
      verdict: 'unknown',
      because: 'The PSA did not let us ask for it: its organization is refused, or not known.',
    };
  return { verdict: 'missing', because: ['The PSA has no such record.', ...orphaning(link)].join(' ') };
}

function consequence({ verdict }: Explained, link: RecordLink | null): string[] {
  return verdict === 'outside' ? orphaning(link) : [];
}

function orphaning(link: RecordLink | null): string[] {
  if (link?.state !== 'live' && link?.state !== 'error') return [];
  return [`The next full sync will orphan record ${link.recordId}, which is linked to it.`];
}
