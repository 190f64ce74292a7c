import type { Database, TenantTx } from '../db/database.ts';
import { drawHolder, leaseBudget, returnSlots } from '../db/integrations/lease-budget.ts';
import { type Integration, readIntegration } from '../db/integrations/read-integration.ts';
import { blockIntegration, markCredentials } from '../db/integrations/stop-signs.ts';
import { type KeyRing, open } from '../db/seal.ts';
import type { PsaAdapter, PsaConnection } from '../psa/contract.ts';
import { PsaError } from '../psa/errors.ts';
import { askedRestMs } from '../psa/http/answers.ts';
import { createPsaHttp, type PsaHttp } from '../psa/http.ts';
import { adapterFor } from '../psa/registry.ts';
import { refusedCredentials, RequestBudget } from './request-budget.ts';

/** Seconds that a process which died keeps its slots in flight beyond the longest that a request may take. */
const SLOT_GRACE_SECONDS = 5;

/** Share of the request window that pulls leave to pushes. */
const PUSH_RESERVE = 0.1;

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

/** Connections to PSAs, one an integration, kept as long as its address and credentials stay the same. */
export class PsaConnections {
  readonly #options: PsaConnectionsOptions;
  readonly #kept = new Map<string, Kept>();
  #holder: Promise<string> | null = null;

  constructor(options: PsaConnectionsOptions) {
    this.#options = options;
  }

  async access(tenantId: string, integrationId: string): Promise<PsaAccess> {
    const { database } = this.#options;
    const integration = await database.withTenant(tenantId, (tx) => readIntegration(tx, integrationId));
    if (!integration)
      throw new PsaError('wrong_address', `integration ${integrationId} does not exist any more`, {
        retry: 'never',
        scope: 'integration',
      });
    if (integration.needsCredentials) throw refusedCredentials();
    const mark = JSON.stringify([
      integration.connection,
      integration.credentials,
      integration.settings.requestsInFlight,
    ]);
    const kept = this.#kept.get(integrationId);
    if (kept?.mark === mark) return { ...(await kept.opened), integration };
    const opened = this.#open(tenantId, integration).catch(asHopeless);
    this.#kept.set(integrationId, { mark, opened });
    opened.catch(() => this.#kept.delete(integrationId));
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

  async #open(tenantId: string, integration: Integration): Promise<Opened> {
    const { keys, allowPrivateAddresses, psaTimeoutMs, userAgent } = this.#options;
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
    const guarded = await this.#guard(tenantId, integration, http);
    const { requestsInFlight } = integration.settings;
    const psa = adapter.connect({ connection, http: guarded, requestsInFlight });
    return {
      integration,
      adapter,
      psa: this.#noticing(tenantId, integration.id, psa),
      close: async () => {
        await http.close();
        const holder = await this.#holder;
        if (holder === null) return;
        await this.#options.database.withTenant(tenantId, (tx) => returnSlots(tx, integration.id, holder));
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
    return {
      check: (signal) => notice(psa.check(signal)),
      lookups: (signal) => notice(psa.lookups(signal)),
      page: (request) => notice(psa.page(request)),
      byIds: (request) => notice(psa.byIds(request)),
    };
  }

  /** Every request goes through the integration's budget, and a PSA that asks for rest gets it from every caller. */
  async #guard(tenantId: string, integration: Integration, http: PsaHttp): Promise<PsaHttp> {
    const inTenant = <T>(work: (tx: TenantTx) => Promise<T>) => this.#options.database.withTenant(tenantId, work);
    const holder = await (this.#holder ??= inTenant(drawHolder));
    const integrationId = integration.id;
    const slots = integration.settings.requestsInFlight;
    const slotSeconds = this.#options.psaTimeoutMs / 1000 + SLOT_GRACE_SECONDS;
    const budget = new RequestBudget({
      lease: (tokens) =>
        inTenant((tx) => leaseBudget(tx, { integrationId, holder, tokens, slots, slotSeconds, reserve: PUSH_RESERVE })),
      block: (forMs) => inTenant((tx) => blockIntegration(tx, integrationId, forMs)),
    });
    return {
      async request(request) {
        const release = await budget.acquire(request.signal);
        try {
          const answer = await http.request(request);
          const restMs = askedRestMs(answer);
          if (restMs !== undefined) await budget.block(restMs);
          return answer;
        } finally {
          release();
        }
      },
    };
  }
}

/** A door that cannot even be tried (an unknown key, address or provider) opens no sooner for being tried again. */
function asHopeless(error: unknown): never {
  if (error instanceof PsaError) throw error;
  const reason = error instanceof Error ? error.message : 'the connection cannot be opened';
  throw new PsaError('wrong_address', reason, { retry: 'never', scope: 'integration', cause: error });
}
