import postgres from 'postgres';
import { describe, expect, inject, it } from 'vitest';
import { health } from '../../../client/http/health.ts';
import { temporalClient } from '../../../client/temporal/connect.ts';
import { openDatabase } from '../../../db/database.ts';
import { atEnd } from '../../support/at-end.ts';
import { testDatabase } from '../../support/database.ts';
import { NOBODY, ownApi } from './own-api.ts';

async function served({ temporal = NOBODY, away = false } = {}) {
  const { database, ownerUrl } = await testDatabase();
  const client = temporalClient(temporal);
  const nowhere = openDatabase({ url: 'postgres://nobody@127.0.0.1:1/nothing', poolSize: 1, applicationName: 'test' });
  atEnd(async () => {
    await client.connection.close();
    await nowhere.close();
  });
  const stopping = new AbortController();
  const looked = away ? nowhere : database;
  const { url } = await ownApi({
    database,
    parts: [health({ database: looked, temporal: client, stopping: stopping.signal })],
  });
  const ask = async (path: string) => {
    const response = await fetch(`${url}${path}`);
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  };
  return { ask, stopping, ownerUrl };
}

describe('/live and /ready', () => {
  it('answer without a key: live while the process is there, ready with a database of this version', async () => {
    const { ask } = await served({ temporal: { address: inject('temporalAddress'), namespace: 'default' } });
    expect(await ask('/live')).toEqual({ status: 200, body: { live: true } });
    expect(await ask('/ready')).toEqual({
      status: 200,
      body: { ready: true, stopping: false, postgres: 'ok', temporal: 'ok' },
    });
  });

  it('stay ready while Temporal is away, because edits are taken all the same', async () => {
    const { ask } = await served();
    expect(await ask('/ready')).toMatchObject({ status: 200, body: { ready: true, temporal: 'away' } });
  });

  it('are not ready without a database, and live', async () => {
    const { ask } = await served({ away: true });
    expect(await ask('/ready')).toMatchObject({ status: 503, body: { ready: false, postgres: 'away' } });
    expect((await ask('/live')).status).toBe(200);
  });

  it('are not ready on tables of another version', async () => {
    const { ask, ownerUrl } = await served();
    const owner = postgres(ownerUrl, { max: 1 });
    await owner`delete from drizzle.__drizzle_migrations where id = (select max(id) from drizzle.__drizzle_migrations)`;
    await owner.end();
    expect(await ask('/ready')).toMatchObject({ status: 503, body: { postgres: 'not migrated' } });
  });

  it('are not ready once the process is asked to stop', async () => {
    const { ask, stopping } = await served();
    stopping.abort();
    expect(await ask('/ready')).toMatchObject({ status: 503, body: { ready: false, stopping: true, postgres: 'ok' } });
  });
});
