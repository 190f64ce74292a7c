import { z } from 'zod';
import { cleanText } from '../../../domain/clean-text.ts';
import type { Choice } from '../../contract.ts';
import type { AutotaskClient } from '../client.ts';
import { ENTITIES } from '../entities.ts';
import { is } from '../filter.ts';
import { anyId } from '../ids.ts';
import { OWNER } from './push-settings.ts';

const LICENSE = 'licenseType';
/** A licence that only uses the API; Autotask refuses such an owner. */
const API_LICENSE = '7';

const person = z.object({
  firstName: z.string().nullish(),
  lastName: z.string().nullish(),
  [LICENSE]: z.int().nullish(),
});

/** Rows that a setting can be set to. */
export async function pushChoices(
  client: AutotaskClient,
  name: string,
  signal?: AbortSignal,
): Promise<readonly Choice[]> {
  if (name !== OWNER.name) return [];
  const request = { entity: ENTITIES.resources, fields: Object.keys(person.shape), filter: [is('isActive', true)] };
  const rows = await client.queryAll({ ...request, scope: 'record', signal });
  return rows.flatMap((row) => {
    const [value, { data }] = [anyId(row), person.safeParse(row)];
    if (value === null || !data || String(data[LICENSE]) === API_LICENSE) return [];
    const said = cleanText([data.firstName, data.lastName].filter(Boolean).join(' '));
    return [{ value, name: said ?? value }];
  });
}
