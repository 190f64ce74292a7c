import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { person, type PretendedTenant, pretendedTenant } from './pretended-tenant.ts';
import { type OperatorShell, operatorShell } from './support.ts';

let shell: OperatorShell;
let tenant: PretendedTenant;
let ada: string;

beforeAll(async () => {
  shell = await operatorShell();
});

beforeEach(async () => {
  tenant = await pretendedTenant(shell, { twoWay: true });
  await tenant.sync({ records: { contact: [person('1', 'Ada', 'Byron', 'Countess')] } });
  ada = await tenant.idOf('contact', '1');
  await tenant.sync({ records: { contact: [person('1', 'Ada', 'Lovelace', 'Programmer')] } });
});

const entry = async () => (await tenant.json<{ id: number }[]>(`record history ${ada}`))[0]?.id ?? 0;

describe('record history', () => {
  it('shows what changed, one line a field, with the entry that `record restore` takes', async () => {
    const { stdout } = await tenant.cli(`record history ${ada}`);
    expect(stdout).toMatch(/sync, run \d+ +title +Countess +Programmer/);
    expect(stdout).toMatch(/lastName +Byron +Lovelace/);
    expect(await tenant.json(`record history ${ada}`)).toMatchObject([
      { id: await entry(), source: 'sync', field: 'title', from: 'Countess', to: 'Programmer' },
      { field: 'lastName', from: 'Byron', to: 'Lovelace' },
    ]);
  });

  it('says when there is none, or no record', async () => {
    const acme = await tenant.idOf('organization', '7');
    expect((await tenant.cli(`record history ${acme}`)).stderr).toContain('Nothing has changed');
    expect(await tenant.cli('record history 999999')).toMatchObject({ code: 1 });
  });
});

describe('record restore', () => {
  it('brings back all fields of an entry, or one, and says that the PSA gets them', async () => {
    const id = await entry();
    const one = await tenant.cli(`record restore ${ada} ${id} title --by Grace`);
    expect(one).toMatchObject({ code: 0 });
    expect(one.stdout).toMatch(/restored +title\n/);
    expect(one.stderr).toContain('on their way to the PSA');
    expect(await tenant.json(`record restore ${ada} ${id}`)).toMatchObject({ changed: ['lastName'], pending: true });
    expect(await tenant.json(`record view ${ada}`)).toMatchObject({
      fields: { title: 'Countess', lastName: 'Byron' },
      pending: [{ field: 'lastName' }, { field: 'title', author: 'Grace' }],
    });
  });

  it('fails for what the entry did not change, and names what it did', async () => {
    const { code, stderr } = await tenant.cli(`record restore ${ada} ${await entry()} notes`);
    expect(code).toBe(1);
    expect(stderr).toMatch(/did not change notes.\n.*It changed title, lastName/s);
  });
});

describe('record merge', () => {
  it('moves what an organization holds and ends it, after it has asked', async () => {
    const [acme, bolt] = [await tenant.idOf('organization', '7'), await tenant.idOf('organization', '8')];
    const refused = await tenant.cli(`record merge ${acme} ${bolt} --yes`);
    expect(refused).toMatchObject({ code: 1 });
    expect(refused.stderr).toContain('Disconnect it first');
    await tenant.cli(`record disconnect ${acme} --yes`);
    await tenant.cli(`record disconnect ${ada}`);
    const asked = await tenant.cli(`record merge ${acme} ${bolt}`);
    expect(asked.code).toBe(2);
    expect(asked.stderr).toContain(`Acme (${acme}) ends, Bolt (${bolt}) gets what it holds`);
    expect(await tenant.json(`record merge ${acme} ${bolt} --yes`)).toMatchObject({ moved: { contact: 1 } });
    expect(await tenant.json(`record view ${ada}`)).toMatchObject({ fields: { organization: { name: 'Bolt' } } });
    expect(await tenant.cli(`record view ${acme}`)).toMatchObject({ code: 2 });
  });
});
