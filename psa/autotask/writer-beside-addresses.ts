import type { PsaRecord } from '../../domain/psa-record.ts';
import { sameValue } from '../../domain/values.ts';
import type { PsaWriter, WriteProblem, WriteValues } from '../contract.ts';

/** What refers to a location is worked out from addresses, and has no place in Autotask to be written to. */
const WORKED_OUT = ['location', 'primaryLocation'];

/** The writer where locations are made of addresses: answers as they are read then. */
export function writerBesideAddresses(
  writer: PsaWriter,
  located: (records: readonly PsaRecord[], signal?: AbortSignal) => Promise<PsaRecord[]>,
): PsaWriter {
  const asRead = async (record: PsaRecord, signal?: AbortSignal) => (await located([record], signal))[0] ?? record;
  return {
    ...writer,
    problems: (request) => [
      ...writer.problems(request).filter(({ field }) => !isWorkedOut(field)),
      ...workedOut(request),
    ],
    find: async (request) => located(await writer.find(request), request.signal),
    create: async (request) => asRead(await writer.create(request), request.signal),
    update: async (request) => asRead(await writer.update(request), request.signal),
  };
}

const isWorkedOut = (field: string | null): boolean => field !== null && WORKED_OUT.includes(field);

function workedOut({ kind, set, current }: WriteValues): WriteProblem[] {
  if (kind === 'location')
    return [
      {
        field: null,
        code: 'not_writable',
        message: 'locations are made of the addresses of companies and contacts: change those',
      },
    ];
  const changed = WORKED_OUT.filter(
    (field) => set[field] !== undefined && !sameValue(set[field], current?.fields[field]),
  );
  return changed.map((field) => ({
    field,
    code: 'not_writable',
    message: `${field} follows from an address in Autotask: change that there, and leave this one as it was`,
  }));
}
