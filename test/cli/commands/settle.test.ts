import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { changeSettings } from '../../../db/integrations/change-settings.ts';
import { writeField } from '../../support/local-records.ts';
import { person, type PretendedTenant, pretendedTenant } from './pretended-tenant.ts';
import { type OperatorShell, operatorShell } from './support.ts';

let shell: OperatorShell;
let tenant: PretendedTenant;

beforeAll(async () => {
  shell = await operatorShell();
});

beforeEach(async () => {
  tenant = await pretendedTenant(shell);
});

const unreadable = (psaId: string) =>
  ({ scope: 'record', psaId, code: 'unreadable', reason: 'firstName is no text', raw: '{"id":31}' }) as const;

describe('reject', () => {
  let runId: string;
  let reject: number;

  beforeEach(async () => {
    ({ runId } = await tenant.sync({ rejects: { contact: [unreadable('31')] } }));
    reject = (await tenant.json<{ id: number }[]>('reject list'))[0]?.id ?? 0;
  });

  it('is listed with its reason until it is resolved', async () => {
    expect((await tenant.cli('reject list')).stdout).toMatch(/PSA id 31 +firstName is no text/);
    expect(await tenant.cli(`reject resolve ${reject}`)).toMatchObject({ code: 0 });
    expect(await tenant.cli('reject list')).toMatchObject({ stdout: '', stderr: 'Nothing is set aside.\n' });
    expect(await tenant.json('reject list --all')).toMatchObject([{ id: reject, runId: Number(runId) }]);
    expect(await tenant.cli(`reject resolve ${reject}`)).toMatchObject({ code: 1 });
  });

  it('is listed of one run', async () => {
    const later = await tenant.sync({ rejects: { contact: [unreadable('31'), unreadable('32')] } });
    expect(await tenant.json(`reject list --run ${later.runId}`)).toHaveLength(2);
    expect(await tenant.json(`reject list --all --run ${runId}`)).toMatchObject([{ id: reject }]);
  });

  it('shows the row as it came', async () => {
    expect((await tenant.cli(`reject view ${reject}`)).stdout).toContain('{"id":31}');
    expect(await tenant.cli('reject view 999999')).toMatchObject({ code: 2 });
  });
});

describe('conflict', () => {
  let ada: string;
  let conflict: number;

  beforeEach(async () => {
    const records = { contact: [person('1', 'Ada', 'Lovelace', 'Countess')] };
    await tenant.sync({ records });
    ada = await tenant.idOf('contact', '1');
    await writeField(shell.database, tenant.home.tenantId, 'contact', ada, 'title', 'Programmer');
    await tenant.sync({ records });
    conflict = (await tenant.json<{ id: number }[]>(`conflict list --record ${ada}`))[0]?.id ?? 0;
  });

  it('is listed with both values', async () => {
    expect((await tenant.cli('conflict list --open')).stdout).toMatch(/Ada Lovelace +title +Programmer +Countess/);
  });

  it('is not restored where the next sync would undo it, and says what to do', async () => {
    const { code, stderr } = await tenant.cli(`conflict restore ${conflict}`);
    expect(code).toBe(1);
    expect(stderr).toContain('read-only while two-way sync is off');
    expect(stderr).toContain(`disable or disconnect the sync of record ${ada}`);
  });

  it('is restored for a disabled record, under a name', async () => {
    await tenant.cli(`record disable ${ada}`);
    expect(await tenant.json(`conflict restore ${conflict} --by Grace`)).toMatchObject({
      changed: true,
      author: 'Grace',
    });
    expect(await tenant.json(`record view ${ada}`)).toMatchObject({
      fields: { title: 'Programmer' },
      history: [{ source: 'restore', author: 'Grace' }, { source: 'sync' }],
    });
    expect(await tenant.cli('conflict list --open')).toMatchObject({ stdout: '' });
  });

  it('is on its way to the PSA with two-way sync on', async () => {
    const { tenantId, integrationId } = tenant.home;
    await shell.database.withTenant(tenantId, (tx) => changeSettings(tx, integrationId, { twoWay: true }));
    expect((await tenant.cli(`conflict restore ${conflict}`)).stderr).toContain('on its way to the PSA');
    expect(await tenant.json(`record view ${ada}`)).toMatchObject({
      pending: [{ field: 'title', value: 'Programmer' }],
    });
  });
});

describe('attention', () => {
  it('says when nothing waits', async () => {
    await tenant.sync();
    expect(await tenant.cli('attention')).toMatchObject({
      code: 0,
      stdout: '',
      stderr: 'Nothing waits for anybody.\n',
    });
  });

  it('names for each thing the command that settles it', async () => {
    await tenant.sync({ rejects: { contact: [unreadable('31'), unreadable('32')], organization: [unreadable('9')] } });
    await tenant.cli('integration pause');
    const { stdout } = await tenant.cli('attention');
    expect(stdout).toMatch(/2 contact rejects.+psa-sync reject list\n/);
    expect(stdout).toMatch(/1 organization reject:.+psa-sync reject view \d+\n/);
    expect(stdout).toMatch(/the integration is paused.+psa-sync integration resume connectwise\n/);
  });
});
