import { expect, onTestFinished } from 'vitest';
import type { Kind } from '../../../domain/kinds.ts';
import type { PsaRecord } from '../../../domain/psa-record.ts';
import type { PsaValues } from '../../../domain/values.ts';
import type { PsaWriter } from '../../../psa/contract.ts';
import type { SimulatorOptions } from '../../../simulator/start.ts';
import { requestProblems } from '../../simulator/connectwise/valid-request.ts';
import { simulatedConnectWise, type Row, type Simulated } from './simulated-connectwise.ts';

interface Sent {
  /** `PATCH /company/contacts/7` */
  readonly line: string;
  readonly body: unknown;
}

export interface Writable extends Simulated {
  readonly writer: PsaWriter;
  /** Changing requests since the last look. */
  newWrites(): Sent[];
  /** A record as ConnectWise holds it. */
  read(kind: Kind, psaId: string): Promise<PsaRecord>;
  /** Changes a record, read just before, as a push would. */
  update(kind: Kind, psaId: string, set: PsaValues, settings?: Readonly<Record<string, string>>): Promise<PsaRecord>;
  create(kind: Kind, set: PsaValues, settings?: Readonly<Record<string, string>>): Promise<PsaRecord>;
  row(collection: string, id: string): Row;
}

const SITES_OF: Partial<Record<Kind, true>> = { location: true };

/** A simulated ConnectWise to write to. Every body that is sent has to be valid under the vendor's document. */
export async function writableConnectWise(options: SimulatorOptions = {}): Promise<Writable> {
  const sent: Sent[] = [];
  const wrong: string[] = [];
  const simulated = await simulatedConnectWise(options, (http) => ({
    request(request) {
      const [, path] = /\/apis\/3\.0(\/.*)$/u.exec(request.url.pathname) ?? [];
      if (request.method !== 'GET' && path !== undefined) {
        const body: unknown = request.body === undefined ? undefined : JSON.parse(request.body);
        sent.push({ line: `${request.method} ${path}`, body });
        wrong.push(...requestProblems({ method: request.method, path, requestBody: body }));
      }
      return http.request(request);
    },
  }));
  onTestFinished(() => expect(wrong).toEqual([]));
  const { connection } = simulated;
  const writer = connection.writer!;
  const beforeWrite = () => Promise.resolve();

  const row = (collection: string, id: string) => simulated.rows(collection).find((one) => String(one.id) === id)!;

  async function read(kind: Kind, psaId: string): Promise<PsaRecord> {
    const company = SITES_OF[kind] ? (row('sites', psaId)['company'] as Row) : null;
    const ids = [{ psaId, organizationPsaId: company === null ? null : String(company.id) }];
    const { records } = await connection.byIds({ kind, ids });
    expect(records).toHaveLength(1);
    return records[0]!;
  }

  return {
    ...simulated,
    writer,
    row,
    read,
    newWrites: () => sent.splice(0),
    async update(kind, psaId, set, settings = {}) {
      const current = await read(kind, psaId);
      return writer.update({ kind, set, current, settings, beforeWrite });
    },
    create: (kind, set, settings = {}) => writer.create({ kind, set, current: null, settings, beforeWrite }),
  };
}
