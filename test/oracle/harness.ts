import { expect } from 'vitest';
import type { RunningSimulator } from '../../simulator/start.ts';
import type { TestWorker } from '../support/sync.ts';
import { sync } from '../support/sync.ts';
import { judge } from './judge.ts';
import { connectWiseReading } from './connectwise.ts';
import type { PsaReading } from './psa-reading.ts';
import { type Bases, type Home, type KnownIds, openOwner, type Ours, readOurs, readTerms, recordIds } from './ours.ts';
import type { Kind, PsaView } from './theirs.ts';
import { fieldsTaken, under } from './taken.ts';
import type { KindCounts, OracleSettings, Verdict } from './verdict.ts';

export interface OracleOptions {
  readonly worker: TestWorker;
  readonly simulator: RunningSimulator;
  readonly home: Home;
  /** Of the simulated PSA; default: ConnectWise's. */
  readonly reading?: PsaReading;
}

/** What is known of the PSA besides its rows. */
export interface Circumstances {
  /** Records as the PSA serves them, where that is not what it holds. */
  readonly psa?: PsaView;
  /** Settings that the run froze, where they changed since. */
  readonly settings?: OracleSettings;
  readonly refusing?: readonly string[];
  readonly unread?: readonly Kind[];
  /** Records that the PSA can't be asked for by id, as `kind psaId`. */
  readonly mute?: readonly string[];
}

/** Watches one integration: what stood before, what the PSA gave, and whether a sync left what it must. */
export class Oracle {
  readonly #options: OracleOptions;
  #reading: PsaReading;
  readonly #sql;
  readonly #bases: Bases = new Map();
  readonly #touched = new Set<string>();
  #before: { readonly ours: Ours; readonly known: KnownIds; readonly settings: OracleSettings } | null = null;
  #versions = new Map<string, string>();

  constructor(options: OracleOptions) {
    this.#options = options;
    this.#reading = options.reading ?? connectWiseReading;
    this.#sql = openOwner(options.worker.ownerUrl);
  }

  /** From now on the PSA is read in another way. */
  readAs(reading: PsaReading): void {
    this.#reading = reading;
  }

  /** Looks at what stands before a sync. Records written to since the last sync are noticed. */
  async look(): Promise<void> {
    const { home } = this.#options;
    const known = await recordIds(this.#sql, home.tenantId);
    const ours = await readOurs(this.#sql, home, known);
    // A tie that a person cut counts as new when it is mended: nothing of what the PSA gave before is remembered.
    for (const [key, { state }] of ours.links) if (state === 'disconnected') this.#bases.delete(key);
    for (const [name, { values }] of ours.records)
      if (this.#versions.get(name) !== JSON.stringify(values)) this.#touched.add(name);
    this.#before = { ours, known, settings: await this.settings() };
  }

  /** Takes it that every link holds what the PSA holds now, and that nobody wrote to a record: after a run that was not judged. */
  async trust(): Promise<void> {
    await this.look();
    const { ours, settings } = this.#before ?? {};
    if (!ours || !settings) return;
    const view = this.#reading.view(this.#options.simulator);
    for (const kind of this.#reading.kinds) {
      for (const their of view(kind)) {
        if ('unreadable' in their || !ours.links.has(`${kind} ${their.id}`)) continue;
        this.#bases.set(`${kind} ${their.id}`, { fields: fieldsTaken(kind, their, settings), under: under(settings) });
      }
    }
    this.#remember(ours);
    this.#touched.clear();
  }

  #remember(ours: Ours): void {
    this.#versions = new Map([...ours.records].map(([name, { values }]) => [name, JSON.stringify(values)]));
  }

  /** A full sync, and the verdict on it. */
  async sync(circumstances: Circumstances = {}): Promise<Verdict> {
    await this.look();
    const { runId } = await sync(this.#options.worker, this.#options.home);
    return this.verdictOn(runId, circumstances);
  }

  /** Holds what a run left, begun after the last look, against the rules. */
  async verdictOn(runId: string, circumstances: Circumstances = {}): Promise<Verdict> {
    const { home, simulator } = this.#options;
    const before = this.#before;
    if (!before) throw new Error('look before you judge');
    const verdict = judge({
      reading: this.#reading,
      psa: circumstances.psa ?? this.#reading.view(simulator),
      truth: this.#reading.view(simulator),
      lists: this.#reading.lists(simulator),
      settings: circumstances.settings ?? before.settings,
      before: before.ours,
      bases: this.#bases,
      touched: this.#touched,
      refusing: new Set(circumstances.refusing),
      unread: new Set(circumstances.unread),
      mute: new Set(circumstances.mute),
    });
    expect(await this.#left(runId, before.known)).toEqual(
      shown(verdict, await this.counts(runId), this.#reading.kinds),
    );
    this.#remember(await readOurs(this.#sql, home, await recordIds(this.#sql, home.tenantId)));
    return verdict;
  }

  async settings(): Promise<OracleSettings> {
    const { tenantId, integrationId } = this.#options.home;
    const [row] = await this.#sql<{ settings: Omit<OracleSettings, 'ticked'> }[]>`
      select settings from integrations where tenant_id = ${tenantId} and id = ${integrationId}`;
    const ticks = await this.#sql<{ list: string; ids: string[] }[]>`
      select list, array_agg(psa_id) as ids from lookup_links
      where tenant_id = ${tenantId} and integration_id = ${integrationId} and ticked group by list`;
    if (!row) throw new Error('the integration is gone');
    const { contactsSync, twoWay, keepLocalWhenBlank } = row.settings;
    return { contactsSync, twoWay, keepLocalWhenBlank, ticked: Object.fromEntries(ticks.map((t) => [t.list, t.ids])) };
  }

  async counts(runId: string): Promise<Record<Kind, KindCounts>> {
    const rows = await this.#sql<(KindCounts & { kind: Kind })[]>`
      select kind, read, created, linked, updated, unchanged, outside, review, rejected, orphaned
      from run_ranges where run_id = ${runId}`;
    return Object.fromEntries(rows.map(({ kind, ...counts }) => [kind, { ...counts }])) as Record<Kind, KindCounts>;
  }

  async #left(runId: string, known: KnownIds) {
    const { home } = this.#options;
    const ours = await readOurs(this.#sql, home, known);
    const terms = await readTerms(this.#sql, home, known);
    const rejects = await this.#sql<{ kind: Kind; scope: string; psa_id: string | null }[]>`
      select kind, scope, psa_id from rejects where run_id = ${runId}`;
    const conflicts = await this.#sql<{ record_id: string; field: string; local_value: unknown }[]>`
      select record_id, field, local_value from conflicts where run_id = ${runId}`;
    const proposals = await this.#sql<{ kind: Kind; psa_ids: string[] }[]>`
      select kind, psa_ids from orphan_proposals where run_id = ${runId} and state = 'waiting'`;
    return {
      ...sortedOurs(ours),
      counts: await this.counts(runId),
      rejects: rejects.map(({ kind, scope, psa_id }) => `${kind} ${scope} ${psa_id}`).sort(),
      conflicts: conflicts
        .map((c) => `${terms.record(c.record_id)} ${c.field}: ${terms.value(c.field, c.local_value)}`)
        .sort(),
      proposals: Object.fromEntries(proposals.map(({ kind, psa_ids }) => [kind, [...psa_ids].sort()])),
    };
  }
}

function sortedOurs({ records, links, reviews, open, pending, rows }: Ours) {
  const sorted = <T>(map: ReadonlyMap<string, T>) =>
    Object.fromEntries([...map].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));
  return {
    records: sorted(new Map([...records].map(([name, { kind, values }]) => [name, { kind, ...notBlank(values) }]))),
    links: sorted(links),
    reviews: sorted(reviews),
    open: [...open].sort(),
    pending: [...pending].sort(),
    rows: sorted(rows),
  };
}

const notBlank = (values: Readonly<Record<string, string | null>>) =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null));

/** A verdict in the same form; where two streams raced, as the real run says, if that is one of the ways it may go. */
function shown(
  { ours, counts, racing, rejects, conflicts, proposals }: Verdict,
  real: Record<Kind, KindCounts>,
  kinds: readonly Kind[],
) {
  for (const kind of kinds) {
    const updated = Math.min(Math.max((real[kind]?.updated ?? 0) - counts[kind].updated, 0), racing[kind]);
    counts[kind].updated += updated;
    counts[kind].unchanged += racing[kind] - updated;
  }
  return {
    ...sortedOurs(ours),
    counts: Object.fromEntries(kinds.map((kind) => [kind, counts[kind]])),
    rejects: [...rejects].sort(),
    conflicts: [...conflicts].sort(),
    proposals: Object.fromEntries(Object.entries(proposals).map(([kind, ids]) => [kind, [...ids].sort()])),
  };
}
