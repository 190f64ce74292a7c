import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { TenantTx } from '../../../../db/database.ts';
import { numericId } from '../path-ids.ts';
import { findRecord } from '../read-record-rows.ts';
import type { RecordResource } from '../resource.ts';
import { RECORD_RESOURCES } from '../resources/record-resources.ts';

/** Where a kind is found: by itself, and under its organization. */
export interface RecordPath {
  readonly resource: RecordResource;
  readonly url: string;
  readonly nested: boolean;
  /** Parameters of the address of the list, and of one record. */
  readonly list: z.ZodType;
  readonly record: z.ZodType;
}

export function recordPaths(): RecordPath[] {
  return Object.values(RECORD_RESOURCES).flatMap((resource) => {
    const plain = {
      resource,
      url: `/${resource.path}`,
      nested: false,
      list: z.object({}),
      record: z.object({ id: z.string() }),
    };
    if (resource.kind === 'organization') return [plain];
    const organization = { organization_id: z.string() };
    const nested = {
      resource,
      url: `/organizations/:organization_id/relationships/${resource.path}`,
      nested: true,
      list: z.object(organization),
      record: z.object({ ...organization, id: z.string() }),
    };
    return [plain, nested];
  });
}

interface Ids {
  readonly id?: string;
  readonly organization_id?: string;
}

/** The organization that an address names; undefined when it names none. Throws a 404 when it does not exist. */
export async function organizationIn(tx: TenantTx, request: FastifyRequest): Promise<string | undefined> {
  const { organization_id: id } = request.params as Ids;
  if (id === undefined) return undefined;
  return (await findRecord(tx, RECORD_RESOURCES.organization, numericId(id, 'organization'))).id;
}

/** The id of the record that an address names. */
export function recordIdIn(request: FastifyRequest, { kind }: RecordResource): string {
  return numericId((request.params as Ids).id ?? '', kind);
}
