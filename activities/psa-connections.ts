import type { Database, TenantTx } from '../db/database.ts';
import { drawHolder, leaseBudget, prolongSlots, PUSH_RESERVE, returnSlots } from '../db/integrations/lease-budget.ts';
import { type Integration, readIntegration } from '../db/integrations/read-integration.ts';
import { blockIntegration, markCredentials } from '../db/integrations/stop-signs.ts';
import { type KeyRing, open } from '../db/seal.ts';
import type { RunSettings } from '../domain/run-settings.ts';
import type { PsaAdapter, PsaConnection } from '../psa/contract.ts';
import { PsaError } from '../psa/errors.ts';
import { askedRestMs } from '../psa/http/answers.ts';
import { createPsaHttp, type PsaHttp } from '../psa/http.ts';
import { adapterFor } from '../psa/registry.ts';
import { type LeaseSource, refusedCredentials, RequestBudget } from './request-budget.ts';

/**
 * How long a process that died keeps its slots; one that lives prolongs them while it has requests in flight. Shorter than a
 * request may take, since nobody waits for the answer of one whose process is gone, and the next worker should not wait either.
 */
const SLOT_SECONDS = 10;

/** Requests in flight that pulls and pushes leave to each other where two-way sync is on: enough that neither waits for a slow one. */
const LEFT_SLOTS = 1;

/** Who asks: each has its own door and its own share of the budget. */
export type Lane = 'pull' | 'push';

export interface PsaAccess {
  readonly integration: Integration;
  readonly adapter: PsaAdapter;
  readonly psa: PsaConnection;
}

export interface PsaConnectionsOptions {
  readonly database: Database;
  readonly keys: KeyRing;
  readonly allowPrivateAddresses: boolean;
  /** How long a PSA may take for one answer. */
  readonly psaTimeoutMs: number;
  readonly userAgent: string;
}

interface Opened extends PsaAccess {
  /** Ends the connections, and gives back what was leased. */
  close(): Promise<void>;
}

interface Kept {
  /** Changes when address, credentials or the requests in flight do. */
  readonly mark: string;
  /** A promise, so that two who ask at the same time share one door and one budget. */
  readonly opened: Promise<Opened>;
}

/** Connections to PSAs, one an integration, lane and way of reading, kept as long as address and credentials stay the same. */
export class PsaConnections {
  readonly #options: PsaConnectionsOptions;
  readonly #kept = new Map<string, Kept>();

  constructor(options: PsaConnectionsOptions) {
    this.#options = options;
  }

  /** @param frozen what is to be read by a run, which goes on with what was chosen when it began; default: what is chosen now. */
  async access(tenantId: string, integrationId: string, frozen?: Pick<RunSettings, 'pull'>): Promise<PsaAccess> {
    const { database } = this.#options;
    const integration = await database.withTenant(tenantId, (tx) => readIntegration(tx, integrationId));
    if (integration) return this.accessTo(tenantId, integration, 'pull', frozen?.pull);
    throw new PsaError('wrong_address', `integration ${integrationId} does not exist any more`, {
      retry: 'never',
      scope: 'integration',
    });
  }

  /** The same for an integration that was read a moment ago. */
  async accessTo(
    tenantId: string,
    integration: Integration,
    lane: Lane,
    pull = integration.settings.pull ?? {},
  ): Promise<PsaAccess> {
    if (integration.needsCredentials) throw refusedCredentials();
    const { connection, credentials } = integration;
    const mark = JSON.stringify([connection, credentials, slotsOf(integration)]);
    const door = `${integration.id} ${lane} ${JSON.stringify(pull)}`;
    const kept = this.#kept.get(door);
    if (kept?.mark === mark) return { ...(await kept.opened), integration };
    const opened = this.#open(tenantId, integration, lane, pull).catch(asHopeless);
    this.#kept.set(door, { mark, opened });
    opened.catch(() => this.#kept.delete(door));
    await this.#end(kept);
    return opened;
  }

  async close(): Promise<void> {
    const all = [...this.#kept.values()];
    this.#kept.clear();
    await Promise.all(all.map((kept) => this.#end(kept)));
  }

  async #end(kept: Kept | undefined): Promise<void> {
    const opened = await kept?.opened.catch(() => undefined);
    await opened?.close();
  }

  async #open(
    tenantId: string,
    integration: Integration,
    lane: Lane,
    settings: Readonly<Record<string, string>>,
  ): Promise<Opened> {
    const { database, keys, allowPrivateAddresses, psaTimeoutMs, userAgent } = this.#options;
    const adapter = adapterFor(integration.provider);
    const secrets = JSON.parse(
      open(keys, { tenantId, integrationId: integration.id }, integration.credentials),
    ) as Record<string, string>;
    const connection = { ...integration.connection, ...secrets };
    const http = createPsaHttp({
      origins: adapter.origins(connection),
      allowPrivateAddresses,
      userAgent,
      limits: { totalMs: psaTimeoutMs },
    });
    const holder = await database.withTenant(tenantId, drawHolder);
    const guarded = this.#guard(tenantId, integration, lane, holder, adapter, http);
    const psa = adapter.connect({
      connection,
      http: guarded,
      settings,
      requestsInFlight: slotsOf(integration),
    });
    return {
      integration,
      adapter,
      psa: this.#noticing(tenantId, integration.id, psa),
      close: async () => {
        await http.close();
        await database.withTenant(tenantId, (tx) => returnSlots(tx, integration.id, holder));
      },
    };
  }

  /** Credentials that the PSA refuses are marked, so that no other caller tries them until somebody renews them. */
  #noticing(tenantId: string, integrationId: string, psa: PsaConnection): PsaConnection {
    const { database } = this.#options;
    const notice = async <T>(answer: Promise<T>): Promise<T> => {
      try {
        return await answer;
      } catch (error) {
        if (error instanceof PsaError && error.code === 'unauthorized') {
          await database.withTenant(tenantId, (tx) => markCredentials(tx, integrationId, true));
        }
        throw error;
      }
    };
    const { writer } = psa;
    return {
      ...(writer && {
        writer: {
          problems: (request) => writer.problems(request),
          find: (request) => notice(writer.find(request)),
          create: (request) => notice(writer.create(request)),
          update: (request) => notice(writer.update(request)),
          pushChoices: (name, signal) => notice(writer.pushChoices(name, signal)),
        },
      }),
      check: (signal) => notice(psa.check(signal)),
      lookups: (signal) => notice(psa.lookups(signal)),
      page: (request) => notice(psa.page(request)),
      byIds: (request) => notice(psa.byIds(request)),
    };
  }

  /** Every request goes through the integration's budget, and a PSA that asks for rest gets it from every caller. */
  #guard(
    tenantId: string,
    integration: Integration,
    lane: Lane,
    holder: string,
    adapter: PsaAdapter,
    http: PsaHttp,
  ): PsaHttp {
    const inTenant = <T>(work: (tx: TenantTx) => Promise<T>) => this.#options.database.withTenant(tenantId, work);
    const integrationId = integration.id;
    const slots = slotsOf(integration);
    const reserve = lane === 'pull' ? PUSH_RESERVE : 0;
    const source: LeaseSource = {
      lease: (wanted) =>
        inTenant((tx) =>
          leaseBudget(tx, { ...wanted, integrationId, holder, slots, slotSeconds: SLOT_SECONDS, reserve }),
        ),
      prolong: (endpoint) =>
        inTenant((tx) => prolongSlots(tx, { integrationId, holder, lane: endpoint, slotSeconds: SLOT_SECONDS })),
      giveBack: (endpoint) => inTenant((tx) => returnSlots(tx, integrationId, holder, endpoint)),
      block: (forMs) => inTenant((tx) => blockIntegration(tx, integrationId, forMs)),
    };
    const budget = new RequestBudget(source, adapter.capabilities.limitsPer);
    return {
      async request(request) {
        const release = await budget.acquire(request.signal, request.endpoint);
        try {
          const answer = await http.request(request);
          const restMs = adapter.askedRestMs?.(answer) ?? askedRestMs(answer);
          if (restMs !== undefined) await budget.block(restMs);
          return answer;
        } finally {
          release();
        }
      },
    };
  }
}

/** Requests in flight that pulls want for themselves, and pushes too; what the others have taken they do not get. */
function slotsOf({ settings }: Integration): number {
  const { requestsInFlight, twoWay } = settings;
  return twoWay ? Math.max(1, requestsInFlight - LEFT_SLOTS) : requestsInFlight;
}

/** A door that cannot even be tried (an unknown key, address or provider) opens no sooner for being tried again. */
function asHopeless(error: unknown): never {
  if (error instanceof PsaError) throw error;
  const reason = error instanceof Error ? error.message : 'the connection cannot be opened';
  throw new PsaError('wrong_address', reason, { retry: 'never', scope: 'integration', cause: error });
}
