import type { ZodType } from 'zod';
import type { LookupList } from '../domain/fields.ts';
import type { Kind } from '../domain/kinds.ts';
import type { MatchRule } from '../domain/match-key.ts';
import type { PsaRecord } from '../domain/psa-record.ts';
import type { PsaValues } from '../domain/values.ts';
import type { PsaError } from './errors.ts';
import type { PsaHttp, PsaHttpAnswer } from './http.ts';

/** A PSA product, as data and one function. The registry lists them; nothing outside `psa/` knows any by name. */
export interface PsaAdapter {
  /** Key used in tables, CLI and API. */
  readonly provider: string;
  /** Name that people know it by. */
  readonly title: string;
  readonly capabilities: PsaCapabilities;
  /** Rises whenever mapping changes what a record maps to, so that every link is looked at again. */
  readonly mappingVersion: number;
  readonly mapping: Readonly<Partial<Record<Kind, readonly MappingRow[]>>>;
  /** What an operator enters to connect; drives prompts, checks and docs. */
  readonly connection: readonly ConnectionField[];
  /** Checks what was entered; its messages name the field and the way out. */
  readonly connectionSchema: ZodType<Record<string, string>, Record<string, unknown>>;
  /**
   * The only origins that this connection's requests may go to; `createPsaHttp` holds it to them. A PSA that says only after
   * the first answer which of its hosts serves a customer is given as `https://*.example.com`: any host right below that one.
   */
  origins(connection: Readonly<Record<string, string>>): readonly string[];
  /** What people have to know and grant; rendered into the provider's docs page. */
  readonly notes: AdapterNotes;
  /**
   * How long an answer asks every caller to rest, in milliseconds; undefined when it does not ask. Only for a PSA that says so
   * otherwise than by 429 with Retry-After, which is understood without it.
   */
  askedRestMs?(answer: PsaHttpAnswer): number | undefined;
  connect(options: ConnectOptions): PsaConnection;
}

export interface PsaCapabilities {
  readonly kinds: readonly Kind[];
  readonly twoWay: boolean;
  /** Lists whose rows an operator ticks, per gated kind. A PSA whose status is a flag gives two rows for it, by ids of its own. */
  readonly gate: Readonly<Partial<Record<Kind, { readonly types: LookupList; readonly statuses: LookupList }>>>;
  /** What records are matched by that have no link yet, for kinds where that is not the rule that all PSAs share. */
  readonly matching: Readonly<Partial<Record<Kind, MatchRule>>>;
  /** Kinds that take at least one request for each organization, as the PSA lists them only under it. */
  readonly underOrganization: readonly Kind[];
  readonly limits: PsaLimits;
  /** What the vendor allows. Settings above that are taken, as vendors raise it for some, and warned of. */
  readonly vendorLimits: VendorLimits;
  /** What the two limits count together: all requests of an integration, or those to each endpoint by itself. */
  readonly limitsPer: LimitScopes;
  /** What an operator can choose of what is read; empty where there is one way only. */
  readonly pullSettings: readonly PullSetting[];
  /** What an operator can choose for what is made in the PSA; empty where it only gives. */
  readonly pushSettings: readonly PushSetting[];
}

/**
 * Defaults of the request budget; an integration's settings can lower or raise them. Windows follow one another, so a PSA that
 * counts over any hour past is kept within its limit by windows shorter than that hour.
 */
interface PsaLimits {
  readonly requestsPerWindow: number;
  readonly windowSeconds: number;
  readonly requestsInFlight: number;
}

/** As far as the vendor names any; null: it does not. */
interface VendorLimits {
  readonly requests: { readonly most: number; readonly seconds: number } | null;
  readonly requestsInFlight: number | null;
}

/** An endpoint is what a request calls one (`PsaHttpRequest.endpoint`). */
export interface LimitScopes {
  readonly window: 'integration' | 'endpoint';
  readonly inFlight: 'integration' | 'endpoint';
}

/** One row of the field mapping: our field <-> PSA path. Read by the pull, the push, the docs page and the tests. */
export interface MappingRow {
  readonly field: string;
  /** The PSA's path, `/` between levels, as its own filters spell it. */
  readonly path: string;
  /** `pull`: the PSA only gives it. */
  readonly direction: 'both' | 'pull';
  /** Named conversion; a provider's `mapping.ts` holds the functions. */
  readonly transform: string;
  /** The PSA always has it: a row without it is damaged, and rejected. */
  readonly required?: true;
  /** For the docs page: a trap, an assumption, a limit. */
  readonly note?: string;
}

export interface ConnectionField {
  readonly name: string;
  readonly label: string;
  readonly hint: string;
  /** Sealed at rest, never shown again. */
  readonly secret: boolean;
  /** Asked for; one that is not has a default of the adapter's own, and an option. */
  readonly required: boolean;
  /** What somebody might enter, for the examples of the help: there where it is required, may be seen and has no presets. */
  readonly example?: string;
  /** What most people enter, each with its name: offered, while anything else may be entered too. */
  readonly presets?: readonly { readonly value: string; readonly name: string }[];
}

export interface AdapterNotes {
  /** One sentence or two: versions, editions, what is out of scope. */
  readonly summary: string;
  /** Rights that the PSA's administrator grants to the credentials. */
  readonly permissions: readonly { readonly what: string; readonly level: string; readonly why: string }[];
  /** Fields without which a record is not made in the PSA, by kind; empty where it only gives. */
  readonly required: Readonly<Partial<Record<Kind, readonly string[]>>>;
  /** Behaviour of the PSA that surprises people. */
  readonly traps: readonly string[];
  /** What the vendor does not document and the adapter takes for granted; each names what happens if it is wrong. */
  readonly assumptions: readonly { readonly name: string; readonly text: string }[];
}

interface ConnectOptions {
  /** The checked output of `connectionSchema`. */
  readonly connection: Readonly<Record<string, string>>;
  readonly http: PsaHttp;
  /** The integration's choices of `pullSettings`; what is not in it has its default. */
  readonly settings?: Readonly<Record<string, string>>;
  /** How many requests one page may have under way at once; default: the capability's `limits.requestsInFlight`. */
  readonly requestsInFlight?: number;
}

/** Something that an operator may choose of what is read. Changing it counts from the next full sync on. */
export interface PullSetting {
  readonly name: string;
  readonly label: string;
  readonly hint: string;
  readonly default: string;
  readonly choices: readonly PullChoice[];
  /** What becomes of what is here once it is changed. */
  readonly change: string;
}

export interface PullChoice extends Choice {
  /** What only comes from the PSA under this choice, whatever the directions of the fields: all of a kind, or some fields. */
  readonly oneWay: Readonly<Partial<Record<Kind, 'all' | readonly string[]>>>;
  /** Kinds that a sync reads after another one, out of whose rows they come: they then take no requests of their own. */
  readonly after?: Readonly<Partial<Record<Kind, Kind>>>;
}

/** Something that an operator has to choose before records can be made in the PSA. */
export interface PushSetting {
  readonly name: string;
  readonly label: string;
  readonly hint: string;
  /** Used when nothing was chosen; null: what depends on it is left out, or named as missing. */
  readonly default: string | null;
  readonly takes: PushSettingTakes;
}

/**
 * The number of a row that the PSA lists (`pushChoices` asks it for them), a number that is seen in the PSA's own windows only,
 * any text, or one of these.
 */
export type PushSettingTakes = 'row' | 'number' | 'text' | readonly Choice[];

export interface Choice {
  readonly value: string;
  readonly name: string;
}

/**
 * An open door to one PSA. Every method throws `PsaError` only, or the reason of the caller's aborted signal; a write that was
 * aborted may have happened.
 */
export interface PsaConnection {
  /** Only where `capabilities.twoWay`. */
  readonly writer?: PsaWriter;
  /** Tries the credentials and every permission that a sync needs. */
  check(signal?: AbortSignal): Promise<PsaCheck>;
  /** Types and statuses: the rows that an operator ticks, and contact types. */
  lookups(signal?: AbortSignal): Promise<readonly LookupRow[]>;
  page(request: PageRequest): Promise<PsaPage>;
  /**
   * Asks for single records by id; those that the PSA does not have any more are in `missing`, proven. A failure after some
   * answers voids none of them: the others are `notAsked`. It throws only when it has nothing to answer.
   */
  byIds(request: ByIdsRequest): Promise<ByIds>;
}

export interface PsaCheck {
  /** The PSA's version as it says it, or null. */
  readonly version: string | null;
  /** Empty when all is well. */
  readonly problems: readonly { readonly what: string; readonly fix: string; readonly code: string }[];
}

export interface LookupRow {
  readonly list: LookupList;
  readonly psaId: string;
  readonly name: string;
  readonly inactive: boolean;
}

export interface PageRequest {
  readonly kind: Kind;
  /** The run that reads: what a connection remembers of another one is asked for anew. Without it, all are of one run. */
  readonly run?: string;
  /** Where the page before ended; null for the first. Opaque to the caller, ordered as the PSA pages. */
  readonly cursor: string | null;
  /** PSA ids of ticked rows, so that the PSA can filter; the gate is applied again by the caller. */
  readonly ticked: { readonly types: readonly string[]; readonly statuses: readonly string[] };
  /** For kinds under an organization: PSA ids of organizations inside the gate, ascending, after the given one. */
  readonly parents: (after: string | null, limit: number) => Promise<readonly string[]>;
  /**
   * The caller's tries at this cursor are used up (`bad_answer`, `too_large`, `server_error`): set aside the rows or parents
   * that can't be read, as `rejects` or `failedParents`, instead of throwing. Costs extra requests, so never the first try.
   */
  readonly lastTry?: boolean;
  readonly signal?: AbortSignal;
}

export interface PsaPage {
  readonly records: readonly PsaRecord[];
  readonly rejects: readonly RejectedRow[];
  /** Parents that refused (403, 404), or were given up at the last try, although others answered; their records must not be taken for gone. */
  readonly failedParents: readonly { readonly psaId: string; readonly error: PsaError }[];
  /** Parents whose list was read to its end. */
  readonly parents: readonly string[];
  /** Cursor of the next page; null when this was the last. */
  readonly next: string | null;
  /** About how many records the pages after this one come to; left out where nothing tells. For progress only. */
  readonly left?: number;
}

/** A row that cannot be read as a record of its kind. */
export interface RejectedRow {
  /** Null when not even the id is readable. */
  readonly psaId: string | null;
  readonly reason: string;
  /** The row as it came, cut to a bounded size: goes to Postgres only. */
  readonly raw: string;
}

export interface ByIdsRequest {
  readonly kind: Kind;
  readonly ids: readonly { readonly psaId: string; readonly organizationPsaId: string | null }[];
  readonly signal?: AbortSignal;
}

export interface ByIds {
  readonly records: readonly PsaRecord[];
  readonly rejects: readonly RejectedRow[];
  readonly missing: readonly string[];
  /** Could not be asked for (their parent refuses): neither here nor gone. */
  readonly unknown: readonly string[];
  /** A failure came before these: whoever asks for them again gets on, or learns which. Left out where there was none. */
  readonly notAsked?: readonly string[];
}

/**
 * What writes to a PSA. Whoever uses it decides what is sent and when; a writer knows only how. It holds no state: what it
 * needs to know of the PSA's record comes with the request, or is asked for.
 */
export interface PsaWriter {
  /** What keeps these values from being written, told without asking the PSA; empty when nothing is known to. */
  problems(request: WriteValues): readonly WriteProblem[];
  /**
   * PSA records that matching by the rules of that kind would have to look at: the same names inside the same organization.
   * More than match do no harm, the caller compares; none missing. Deleted ones (`gone`) are left out.
   */
  find(request: FindRequest): Promise<readonly PsaRecord[]>;
  /** Makes a record, in one request wherever the PSA can do that; answers it as the PSA holds it now. */
  create(request: CreateRequest): Promise<PsaRecord>;
  /**
   * Changes these fields and no other; answers the record as the PSA holds it now, read back after the last write. Made of
   * several requests (sub-resources) it can break off in the middle: called again with what the PSA holds by then, it does
   * only what is left.
   */
  update(request: UpdateRequest): Promise<PsaRecord>;
  /** Rights that writing takes and the credentials lack, told without writing anything; not there where a PSA does not tell. */
  missingRights?(signal?: AbortSignal): Promise<PsaCheck['problems']>;
  /** Rows that a push setting which takes one can be set to. */
  pushChoices(name: string, signal?: AbortSignal): Promise<readonly Choice[]>;
}

export interface WriteValues {
  readonly kind: Kind;
  /** Fields to set, by our names, in the PSA's terms: lookups and references hold PSA ids. */
  readonly set: PsaValues;
  /**
   * The record as it was just read; null: it is to be made. Where a PSA gives several types, its field `type` is the one that is
   * ours by the gate: that one is exchanged, the others stay.
   */
  readonly current: PsaRecord | null;
  /** The integration's choices for this provider's `pushSettings`, defaults filled in. */
  readonly settings: Readonly<Record<string, string>>;
}

export interface WriteProblem {
  /** Our name of the field; null: it concerns the record. */
  readonly field: string | null;
  readonly code: 'missing_fields' | 'not_writable';
  /** Names the thing, the reason and the way out; may be shown to everybody, so it holds no value. */
  readonly message: string;
}

export interface FindRequest {
  readonly kind: Kind;
  readonly fields: PsaValues;
  readonly signal?: AbortSignal;
}

interface Write extends WriteValues {
  /** Awaited before each request that changes something; throws when a newer attempt has taken over. */
  readonly beforeWrite: () => Promise<void>;
  readonly signal?: AbortSignal;
}

export interface CreateRequest extends Write {
  readonly current: null;
}

export interface UpdateRequest extends Write {
  readonly current: PsaRecord;
}
