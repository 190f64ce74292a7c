import { sameValue } from '../../domain/values.ts';
import type { PsaWriter, WriteProblem, WriteValues } from '../contract.ts';
import { PSA } from './errors.ts';
import { WORKED_OUT } from './pull-settings.ts';

/** The writer where locations are made of addresses: the same but for what is worked out of them. */
export const writerBesideAddresses = (writer: PsaWriter): PsaWriter => ({
  ...writer,
  problems: (request) =>
    request.kind === 'location' ? NO_LOCATIONS : problems(writer, request, WORKED_OUT[request.kind]),
});

const NO_LOCATIONS: readonly WriteProblem[] = [
  {
    field: null,
    code: 'not_writable',
    message: `${PSA} has locations only as the addresses of companies and contacts: make it there as one of those, and the next full sync ties the two if this one is called like its first line`,
  },
];

function problems(writer: PsaWriter, request: WriteValues, workedOut: readonly string[]): WriteProblem[] {
  const { set, current } = request;
  const changed = workedOut.filter((field) => field in set && !sameValue(set[field], current?.fields[field]));
  return [
    ...writer.problems(request).filter(({ field }) => field === null || !workedOut.includes(field)),
    ...changed.map((field): WriteProblem => ({
      field,
      code: 'not_writable',
      message: `${field} follows from an address in ${PSA}: change that there, and leave this one as it was`,
    })),
  ];
}
