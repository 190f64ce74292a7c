import { expect, onTestFinished } from 'vitest';
import type { Kind } from '../../../domain/kinds.ts';
import type { PsaRecord } from '../../../domain/psa-record.ts';
import type { PsaValues } from '../../../domain/values.ts';
import { kaseyaBms } from '../../../psa/kaseya-bms/index.ts';
import { startSimulator } from '../../../simulator/start.ts';
import { openVendorSchema, type Schema } from '../../simulator/vendor-schema.ts';
import { localHttp } from '../support/local-server.ts';

const vendor = openVendorSchema(new URL('../../simulator/kaseya-bms/openapi.json', import.meta.url));

/** What a PATCH of each path may set, and how: the document leaves its values open. */
const PATCHED: readonly (readonly [RegExp, string])[] = [
  [/^\/crm\/accounts\/\d+$/u, 'AccountPutInputDto'],
  [/^\/crm\/contacts\/\d+$/u, 'ContactPutInputDto'],
];

interface Operation {
  readonly path: string;
  readonly value: unknown;
}

/** What is wrong with a body under the vendor's document; an empty list if nothing. */
function bodyProblems(method: string, path: string, body: unknown): string[] {
  const schema = Object.values(vendor.operationAt(method.toLowerCase(), path)?.operation.requestBody?.content ?? {})[0]
    ?.schema;
  if (!schema) return [`${method} ${path} takes no body`];
  const dto = PATCHED.find(([of]) => method === 'PATCH' && of.test(path))?.[1];
  const record = dto === undefined ? {} : vendor.resolved({ $ref: `#/components/schemas/${dto}` });
  const values = dto === undefined ? [] : (body as readonly Operation[]);
  return [
    ...vendor.violations(schema, body),
    ...values.flatMap(({ path: at, value }) => {
      const name = at.charAt(1).toLowerCase() + at.slice(2);
      const property = (record['properties'] as Readonly<Record<string, Schema>>)[name];
      return property ? vendor.violations(property, value) : [`${at} is not there`];
    }),
  ].map((problem) => `${method} ${path}: ${problem}`);
}

/** A simulated Kaseya BMS to write to. Every body that is sent has to be valid under the vendor's document. */
export async function writableBms() {
  const simulator = await startSimulator('kaseya-bms', { size: 120 });
  onTestFinished(() => simulator.close());
  const { admin } = simulator;
  const sent: { readonly line: string; readonly body: unknown }[] = [];
  const wrong: string[] = [];
  onTestFinished(() => expect(wrong).toEqual([]));
  const connection = kaseyaBms.connectionSchema.parse({ address: simulator.url, ...simulator.credentials });
  const http = localHttp({ origins: kaseyaBms.origins(connection) });
  const psa = kaseyaBms.connect({
    connection,
    settings: {},
    http: {
      request(request) {
        const [, path] = /\/v2(\/(?:crm|servicedesk)\/.*)$/u.exec(request.url.pathname) ?? [];
        if (request.method !== 'GET' && path !== undefined) {
          const body: unknown = JSON.parse(request.body ?? 'null');
          sent.push({ line: `${request.method} ${path}`, body });
          wrong.push(...bodyProblems(request.method, path, body));
        }
        return http.request(request);
      },
    },
  });
  const writer = psa.writer!;
  const settings = { contactEmailType: '1', contactPhoneType: '1', accountManager: '2', businessType: '1' };
  const beforeWrite = () => Promise.resolve();
  const rows = (collection: string) => [...admin.state(collection)] as (Record<string, unknown> & { id: number })[];

  async function read(kind: Kind, psaId: string): Promise<PsaRecord> {
    const { records } = await psa.byIds({ kind, ids: [{ psaId, organizationPsaId: null }] });
    return records[0]!;
  }

  return {
    ...{ admin, writer, settings, rows, read },
    row: (collection: string, psaId: string) => rows(collection).find(({ id }) => String(id) === psaId)!,
    /** Changing requests since the last look. */
    newWrites: () => sent.splice(0),
    create: (kind: Kind, set: PsaValues) => writer.create({ kind, set, current: null, settings, beforeWrite }),
    update: async ({ kind, psaId }: Pick<PsaRecord, 'kind' | 'psaId'>, set: PsaValues) =>
      writer.update({ kind, set, current: await read(kind, psaId), settings, beforeWrite }),
  };
}
