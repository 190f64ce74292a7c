import { glanceAtOrganizations, type OrganizationGlance, readAncestors } from '../../../db/api/read-kin.ts';
import type { ApiRecord } from '../../../db/api/read-records.ts';
import { readTies, type Tie } from '../../../db/api/read-ties.ts';
import type { TenantTx } from '../../../db/database.ts';
import { readOwnNames, referredIds } from '../../../db/records/names.ts';
import type { RecordResource } from './resource.ts';

/** What attributes of some records show of other rows. */
export interface Surroundings {
  /** Names of all that the records refer to. */
  readonly names: ReadonlyMap<string, string | null>;
  readonly ties: ReadonlyMap<string, readonly Tie[]>;
  readonly organizations: ReadonlyMap<string, OrganizationGlance>;
  readonly ancestors: ReadonlyMap<string, readonly string[]>;
}

/** Asked for together, so that a page costs one more round trip and not one each. */
export async function readSurroundings(
  tx: TenantTx,
  { kind }: RecordResource,
  records: readonly ApiRecord[],
): Promise<Surroundings> {
  const organizationIds = records.flatMap(({ values }) => (values['organization'] as string | null | undefined) ?? []);
  const children = records.filter(({ values }) => typeof values['parent'] === 'string').map(({ id }) => id);
  const [names, ties, organizations, ancestors] = await Promise.all([
    readOwnNames(
      tx,
      records.flatMap(({ values }) => referredIds(kind, values)),
    ),
    readTies(
      tx,
      records.map(({ id }) => id),
    ),
    glanceAtOrganizations(tx, [...new Set(organizationIds)]),
    readAncestors(tx, children),
  ]);
  return { names, ties, organizations, ancestors };
}
