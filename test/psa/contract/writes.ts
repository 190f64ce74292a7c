import type { Kind } from '../../../domain/kinds.ts';
import type { PsaRecord } from '../../../domain/psa-record.ts';
import type { PsaValues } from '../../../domain/values.ts';
import type { PsaWriter } from '../../../psa/contract.ts';
import type { SimulatorOptions } from '../../../simulator/start.ts';
import { simulatedPsa, type SimulatedPsa } from './simulated-psa.ts';
import type { KindWriting, Subject, WritingSubject } from './subject.ts';

/** A simulated PSA to write to, as a push does. */
export interface WritablePsa extends SimulatedPsa {
  readonly writer: PsaWriter;
  readonly writing: WritingSubject;
  readonly settings: Readonly<Record<string, string>>;
  kindWriting(kind: Kind): KindWriting;
  create(kind: Kind, set: PsaValues, beforeWrite?: () => Promise<void>): Promise<PsaRecord>;
  /** Changes a record, read just before. */
  update(record: PsaRecord, set: PsaValues, beforeWrite?: () => Promise<void>): Promise<PsaRecord>;
  /** A record as the PSA gives it by its id. */
  read(record: PsaRecord): Promise<PsaRecord>;
}

const go = () => Promise.resolve();

export async function writablePsa(subject: Subject, options: SimulatorOptions = {}): Promise<WritablePsa> {
  const psa = await simulatedPsa(subject, options);
  const { writing } = subject;
  const { writer } = psa.connection;
  if (!writing || !writer) throw new Error(`${subject.provider} takes no writes`);
  const settings = { ...defaults(psa), ...writing.settings?.(psa.world) };

  async function read({ kind, psaId, fields }: PsaRecord): Promise<PsaRecord> {
    const home = fields['organization'];
    const organizationPsaId = typeof home === 'string' ? home : null;
    const { records } = await psa.connection.byIds({ kind, ids: [{ psaId, organizationPsaId }] });
    const [record] = records;
    if (!record) throw new Error(`the PSA has no ${kind} ${psaId}`);
    return record;
  }

  return {
    ...psa,
    ...{ writer, writing, settings, read },
    kindWriting(kind) {
      const known = writing.kinds[kind];
      if (!known) throw new Error(`${subject.provider} makes no ${kind}s`);
      return known;
    },
    create: (kind, set, beforeWrite = go) => writer.create({ kind, set, current: null, settings, beforeWrite }),
    async update(record, set, beforeWrite = go) {
      return writer.update({ kind: record.kind, set, current: await read(record), settings, beforeWrite });
    },
  };
}

function defaults({ adapter }: SimulatedPsa): Record<string, string> {
  const chosen = adapter.capabilities.pushSettings.map(({ name, default: value }) => [name, value] as const);
  return Object.fromEntries(chosen.filter((entry): entry is readonly [string, string] => entry[1] !== null));
}
