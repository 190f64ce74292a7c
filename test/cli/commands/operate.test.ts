import postgres from 'postgres';
import { beforeAll, describe, expect, it } from 'vitest';
import { openApi } from '../../../cli/api/open-api.ts';
import { loadSettings } from '../../../settings/load-settings.ts';
import type { RunningSimulator } from '../../../simulator/start.ts';
import { openLines } from '../../../worker/log.ts';
import { freePort } from '../../support/free-port.ts';
import { testSimulator } from '../../support/sync.ts';
import { connectLine, newKey, type OperatorShell, operatorShell, shellWorker } from './support.ts';

let shell: OperatorShell;
let simulator: RunningSimulator;

beforeAll(async () => {
  shell = await operatorShell();
  apiPort = await freePort();
  simulator = await testSimulator({ size: 60 });
  await shell.cli('tenant create acme --name Acme');
  await shell.cli(...connectLine(simulator));
});

/** As the owner of the database. */
async function owner<T>(work: (client: postgres.Sql) => Promise<T>, url = shell.ownerUrl): Promise<T> {
  const client = postgres(url, { max: 1, onnotice: () => undefined });
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

interface Finding {
  readonly what: string;
  readonly state: string;
  readonly seen: string;
  readonly wayOut: string | null;
}

/** Nobody listens there but what a test starts. */
let apiPort: number;

async function doctor(environment: Record<string, string> = {}) {
  const { code, stdout } = await shell.cli('doctor --json', {
    environment: { PSA_SYNC_API_PORT: String(apiPort), ...environment },
  });
  const found = JSON.parse(stdout) as Finding[];
  return { code, found, of: (what: string) => found.find((one) => one.what === what) };
}

describe('migrate', () => {
  it('brings an empty database to this version, once; --check says what is missing with exit code 1', async () => {
    const name = `${new URL(shell.ownerUrl).pathname.slice(1)}_fresh`;
    await owner((client) => client.unsafe(`create database ${name}`));
    const environment = { DATABASE_URL: Object.assign(new URL(shell.ownerUrl), { pathname: `/${name}` }).href };
    const before = await shell.cli('migrate --check', { environment });
    expect(before.code).toBe(1);
    expect(before.stdout).toMatch(/migrations? missing/);
    expect((await doctor(environment)).of('migrations')).toMatchObject({
      state: 'fail',
      wayOut: 'Run `psa-sync migrate`.',
    });
    expect((await shell.cli('migrate', { environment })).stdout).toContain('applied');
    expect((await shell.cli('migrate', { environment })).stdout).toContain('all there');
    expect(await shell.cli('migrate --check', { environment })).toMatchObject({ code: 0 });
    await owner((client) => client.unsafe(`drop database ${name} with (force)`));
  });

  it('says which setting is missing', async () => {
    const { code, stderr } = await shell.cli('migrate', { environment: { DATABASE_URL: '' } });
    expect(code).toBe(2);
    expect(stderr).toContain('DATABASE_URL is not set');
  });
});

describe('doctor', () => {
  it('looks at everything, and warns that nobody works and no API answers', async () => {
    const { code, found, of } = await doctor();
    expect(code).toBe(0);
    expect(found.filter(({ state }) => state !== 'ok')).toEqual([
      expect.objectContaining({ what: 'worker', state: 'warn', wayOut: 'Start one: `psa-sync serve worker`.' }),
      expect.objectContaining({
        what: 'HTTP API',
        state: 'warn',
        seen: `does not answer on http://127.0.0.1:${apiPort}`,
      }),
    ]);
    expect(of('Node')?.seen).toBe(process.versions.node);
    expect(of('acme/connectwise')?.seen).toContain('lets us in everywhere');
    expect(found.map(({ what }) => what)).toEqual(
      expect.arrayContaining([
        'master keys',
        'Postgres',
        'migrations',
        'clock',
        'roles',
        'row-level security',
        'namespace',
      ]),
    );
  });

  it('finds a worker when there is one', async () => {
    await shellWorker(shell);
    await expect.poll(async () => (await doctor()).of('worker')?.state).toBe('ok');
  });

  it('finds the HTTP API where the settings say that it listens', async () => {
    const settings = loadSettings({ ...shell.environment, PSA_SYNC_API_PORT: String(apiPort) });
    const api = await openApi(settings, { log: openLines({ level: 'silent' }), hosted: () => null });
    expect((await doctor()).of('HTTP API')).toMatchObject({ state: 'ok', seen: `ready on ${api.url}` });
    await api.stop();
    expect((await doctor()).of('HTTP API')).toMatchObject({ state: 'warn' });
  });

  it('says what is down and still looks at the rest', async () => {
    const away = await doctor({ DATABASE_URL: 'postgres://nobody:secret-word@127.0.0.1:1/x' });
    expect(away.code).toBe(1);
    const correct = expect.stringContaining('correct DATABASE_URL') as string;
    expect(away.of('Postgres')).toMatchObject({ state: 'fail', wayOut: correct });
    expect(JSON.stringify(away.found), 'the doctor is no way out of what the doctor finds').not.toContain(
      'doctor` tries',
    );
    expect(JSON.stringify(away.found)).not.toContain('secret-word');
    expect(away.of('Temporal')).toMatchObject({ state: 'ok' });
    expect((await doctor({ TEMPORAL_NAMESPACE: 'nowhere' })).of('namespace')).toMatchObject({ state: 'fail' });
    expect((await doctor({ PSA_SYNC_MASTER_KEYS: '' })).of('master keys')).toMatchObject({ state: 'fail' });
  });

  it('finds a table that row-level security no longer holds for its owner', async () => {
    await owner((client) => client`alter table contacts no force row level security`);
    expect((await doctor()).of('row-level security')).toMatchObject({
      state: 'fail',
      seen: expect.stringContaining('contacts') as string,
    });
    await owner((client) => client`alter table contacts force row level security`);
  });

  it('finds a login that may not act as the application', async () => {
    const name = `stranger_${Date.now()}`;
    await owner((client) =>
      client.unsafe(
        `create role ${name} login password 'x'; grant usage on schema drizzle to ${name}; grant select on drizzle.__drizzle_migrations to ${name}`,
      ),
    );
    const url = Object.assign(new URL(shell.ownerUrl), { username: name, password: 'x' }).href;
    const { of } = await doctor({ DATABASE_URL: url });
    expect(of('roles')).toMatchObject({
      state: 'fail',
      wayOut: expect.stringContaining('GRANT psa_sync_app, psa_sync_directory') as string,
    });
    await owner((client) => client.unsafe(`drop owned by ${name}; drop role ${name}`));
  });

  it('finds credentials that should be sealed anew, a pause, and a right that is missing', async () => {
    const keys = `${newKey('k2')},${shell.environment.PSA_SYNC_MASTER_KEYS}`;
    await shell.cli('integration pause');
    simulator.admin.addFaults([{ kind: 'forbidden', path: '/company/contacts' }]);
    const { found } = await doctor({ PSA_SYNC_MASTER_KEYS: keys });
    const own = found.filter(({ what }) => what === 'acme/connectwise');
    expect(own.map(({ state }) => state).sort()).toEqual(['fail', 'fail', 'warn', 'warn']);
    expect(JSON.stringify(own)).toContain('psa-sync integration rotate-keys');
    expect(JSON.stringify(own)).toContain('psa-sync integration resume connectwise');
    expect(JSON.stringify(own)).toContain('Companies > Contacts, Inquire: All');
  });
});

describe('ui', () => {
  it('prints addresses whose queries Temporal understands, of one tenant or of all', async () => {
    for (const view of ['failed-pushes', 'running', 'attention']) {
      const { page } = await shell.json<{ page: string }>(`ui ${view}`);
      const query = new URL(page).searchParams.get('query') ?? '';
      expect(query).toContain('PsaSyncTenant="acme"');
      await expect(shell.client.workflow.count(query)).resolves.toMatchObject({ count: expect.any(Number) as number });
      const all = await shell.json<{ page: string }>(`ui ${view}`, { environment: { PSA_SYNC_TENANT: '' } });
      expect(decodeURIComponent(all.page)).not.toContain('PsaSyncTenant');
    }
  });
});
