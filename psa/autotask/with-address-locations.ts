import type { PsaRecord } from '../../domain/psa-record.ts';
import type { AddressLocations } from './address-locations.ts';

/** Records that refer to locations made of addresses, instead of company locations that are not read then. */
export async function withAddressLocations(
  locations: AddressLocations,
  records: readonly PsaRecord[],
  signal?: AbortSignal,
): Promise<PsaRecord[]> {
  const [first] = records;
  if (!first) return [];
  const ids = records.map(({ psaId }) => psaId);
  switch (first.kind) {
    case 'organization': {
      const known = await locations.ofCompanies(ids, signal);
      return records.map((record) => withField(record, 'primaryLocation', known.get(record.psaId)));
    }
    case 'contact': {
      const own = await locations.ofContacts(ids, signal);
      return records.map((record) => withField(record, 'location', own.get(record.psaId)));
    }
    case 'configuration':
      return records.map((record) => withField(record, 'location', undefined));
    case 'location':
      return [...records];
  }
}

function withField(record: PsaRecord, field: string, value: string | undefined): PsaRecord {
  return { ...record, fields: { ...record.fields, [field]: value ?? null } };
}
