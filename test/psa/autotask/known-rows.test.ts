import { expect, it } from 'vitest';
import { ENTITIES } from '../../../psa/autotask/entities.ts';
import type { AutotaskClient } from '../../../psa/autotask/client.ts';
import type { Condition } from '../../../psa/autotask/filter.ts';
import { createKnownRows } from '../../../psa/autotask/known-rows.ts';
import { createLists } from '../../../psa/autotask/lists.ts';
import { PsaError } from '../../../psa/errors.ts';

const BROKEN = 12;

/** Whether a condition that known rows are asked for by takes an id. */
function takes({ op, value, items = [] }: Condition, id: number): boolean {
  if (op === 'in') return (value as readonly number[]).includes(id);
  if (op === 'gte') return id >= Number(value);
  if (op === 'lte') return id <= Number(value);
  return op === 'or' ? items.some((item) => takes(item, id)) : items.every((item) => takes(item, id));
}

/** A client for what a simulated Autotask does not do: one row that no answer can be given with, lists that grow. */
const client = (parts: Partial<AutotaskClient>) => parts as AutotaskClient;

it('a row that can not be read harms nobody who only lives near it', async () => {
  const known = createKnownRows({
    client: client({
      queryAll: ({ filter = [] }) => {
        if (filter.every((condition) => takes(condition, BROKEN))) {
          return Promise.reject(new PsaError('server_error', 'broken', { retry: 'backoff', scope: 'page' }));
        }
        return Promise.resolve([10, 11, 13].filter((id) => takes(filter[0]!, id)).map((id) => ({ id })));
      },
    }),
    ...{ entity: ENTITIES.products, fields: [], withNeighbours: true, keptMs: Infinity },
    read: (row) => (row as { id: number }).id,
  });
  await expect(known.among(['10', '11'])).rejects.toMatchObject({ code: 'server_error' });
  expect([...(await known.among(['10', '11'])).keys()]).toEqual(['10', '11']);
  expect((await known.among(['13'])).get('13')).toBe(13);
});

it('rows that are in use stay known to who uses them when they are forgotten meanwhile', async () => {
  let now = 0;
  const known = createKnownRows(
    {
      client: client({
        queryAll: ({ filter = [] }) => {
          now += 100;
          return Promise.resolve([1, 2, 3].filter((id) => takes(filter[0]!, id)).map((id) => ({ id })));
        },
      }),
      ...{ entity: ENTITIES.products, fields: [], withNeighbours: false, keptMs: 150 },
      read: (row) => (row as { id: number }).id,
    },
    () => now,
  );
  await known.among(['1']);
  const [one, other] = await Promise.all([known.among(['1', '2']), known.among(['3'])]);
  expect([one.get('1'), one.get('2'), other.get('3')]).toEqual([1, 2, 3]);
});

it('a type that was made a moment ago is known by its name', async () => {
  let now = 0;
  let asked = 0;
  const choices = [{ id: '1', label: 'Server', isActive: true }];
  const lists = createLists(
    client({
      picklists: () => {
        asked += 1;
        return Promise.resolve(new Map([['configurationItemType', [...choices]]]));
      },
    }),
    () => now,
  );
  await lists.deviceTypes(['1']);
  choices.push({ id: '2', label: 'Robot', isActive: true });
  now = 20_000;
  expect(await lists.deviceTypes(['1'])).toHaveLength(1);
  expect(asked).toBe(1);
  expect((await lists.deviceTypes(['1', '2']))[1]?.label).toBe('Robot');
  expect(asked).toBe(2);
});
