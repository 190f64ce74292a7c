import type { Database, TenantTx } from '../db/database.ts';
import { drawHolder, leaseBudget } from '../db/integrations/lease-budget.ts';
import { type Integration, readIntegration } from '../db/integrations/read-integration.ts';
import { blockIntegration, markCredentials } from '../db/integrations/stop-signs.ts';
import { type KeyRing, open } from '../db/seal.ts';
import type { PsaAdapter, PsaConnection } from '../psa/contract.ts';
import { PsaError } from '../psa/errors.ts';
import { askedRestMs } from '../psa/http/answers.ts';
import { createPsaHttp, type PsaHttp } from '../psa/http.ts';
import { adapterFor } from '../psa/registry.ts';
import { RequestBudget } from './request-budget.ts';

/** Seconds after which a slot in flight of a process that died is free again: longer than any request may take. */
const SLOT_SECONDS = 120;

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

interface Kept extends PsaAccess {
  /** Changes when address, credentials or limits do. */
  readonly mark: string;
  readonly http: { close(): Promise<void> };
}

/** Connections to PSAs, one an integration, kept as long as its address and credentials stay the same. */
export class PsaConnections {
  readonly #options: PsaConnectionsOptions;
  readonly #kept = new Map<string, Kept>();
  #holder: string | null = null;

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
    const mark = JSON.stringify([integration.connection, integration.credentials, integration.settings]);
    const kept = this.#kept.get(integrationId);
    if (kept?.mark === mark) return { ...kept, integration };
    await kept?.http.close();
    const opened = await this.#open(tenantId, integration, mark);
    this.#kept.set(integrationId, opened);
    return opened;
  }

  async close(): Promise<void> {
    await Promise.all([...this.#kept.values()].map((kept) => kept.http.close()));
    this.#kept.clear();
  }

  async #open(tenantId: string, integration: Integration, mark: string): Promise<Kept> {
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
    return { integration, adapter, mark, http, psa: this.#noticing(tenantId, integration.id, psa) };
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
    const holder = (this.#holder ??= await inTenant(drawHolder));
    const integrationId = integration.id;
    const slots = integration.settings.requestsInFlight;
    const budget = new RequestBudget({
      lease: (tokens) =>
        inTenant((tx) =>
          leaseBudget(tx, { integrationId, holder, tokens, slots, slotSeconds: SLOT_SECONDS, reserve: PUSH_RESERVE }),
        ),
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
