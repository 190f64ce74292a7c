import { beforeAll, describe, expect, it } from 'vitest';
import { writeField } from '../../support/local-records.ts';
import { psaRecord } from '../../support/pretend-sync.ts';
import { person, type PretendedTenant, pretendedTenant } from './pretended-tenant.ts';
import { operatorShell } from './support.ts';

interface Listed {
  readonly id: number;
  readonly name: string;
  readonly state: string;
  readonly psaId: string | null;
}

let tenant: PretendedTenant;
let ada: string;

beforeAll(async () => {
  const shell = await operatorShell();
  tenant = await pretendedTenant(shell);
  const ginger = psaRecord('contact', '3', { organization: '8', firstName: 'Ginger', lastName: 'Smith' });
  await tenant.sync({
    records: { contact: [person('1', 'Ada', 'Lovelace', 'Countess'), person('2', 'Grace', 'Hopper'), ginger] },
  });
  ada = await tenant.idOf('contact', '1');
  await writeField(shell.database, tenant.home.tenantId, 'contact', ada, 'title', 'Programmer');
  await tenant.sync({
    records: { contact: [person('1', 'Ada', 'Lovelace', 'Analyst'), person('2', 'Grace', 'Hopper'), ginger] },
  });
});

const names = async (options: string) =>
  (await tenant.json<Listed[]>(`record list ${options}`)).map(({ name }) => name);

describe('record list', () => {
  it('shows the records of a kind by name, with the PSA record of each', async () => {
    expect(await tenant.json<Listed[]>('record list --kind contact')).toMatchObject([
      {
        id: Number(ada),
        name: 'Ada Lovelace',
        organization: 'Acme',
        state: 'live',
        integration: 'connectwise',
        psaId: '1',
      },
      { name: 'Ginger Smith', organization: 'Bolt' },
      { name: 'Grace Hopper', organization: 'Acme' },
    ]);
  });

  it('narrows by organization (name or id), part of the name, PSA id and state', async () => {
    expect(await names('--kind contact --organization acme')).toEqual(['Ada Lovelace', 'Grace Hopper']);
    const bolt = await tenant.idOf('organization', '8');
    expect(await names(`--kind contact --organization ${bolt}`)).toEqual(['Ginger Smith']);
    expect(await names('--kind contact --name HOP')).toEqual(['Grace Hopper']);
    expect(await names('--kind contact --psa-id 3')).toEqual(['Ginger Smith']);
    expect(await names('--kind organization --state live')).toEqual(['Acme', 'Bolt']);
    expect(await names('--kind organization --state unlinked')).toEqual([]);
  });

  it('says that there is more than it shows', async () => {
    const { stdout, stderr } = await tenant.cli('record list --kind contact --limit 1');
    expect(stdout).toContain('Ada Lovelace');
    expect(stdout).not.toContain('Grace');
    expect(stderr).toContain('There are more than 1');
  });

  it('ends with 2 when the organization or the kind is not known', async () => {
    expect(await tenant.cli('record list --kind contact --organization Nobody')).toMatchObject({ code: 2 });
    expect(await tenant.cli('record list --kind person')).toMatchObject({ code: 2 });
    expect((await tenant.cli('record list')).stderr).toContain('--kind');
  });
});

describe('record view', () => {
  it('shows fields with names, the link with its rule, what the PSA replaced, and the history', async () => {
    const { code, stdout } = await tenant.cli(`record view ${ada}`);
    expect(code).toBe(0);
    for (const words of [
      /organization +Acme/,
      /title +Analyst/,
      /made from the PSA record/,
      /Programmer +Analyst/,
      /sync, run \d+/,
    ])
      expect(stdout).toMatch(words);
  });

  it('gives the same as one JSON document', async () => {
    expect(await tenant.json(`record view ${ada}`)).toMatchObject({
      id: Number(ada),
      kind: 'contact',
      fields: {
        firstName: 'Ada',
        title: 'Analyst',
        organization: { id: Number(await tenant.idOf('organization', '7')), name: 'Acme' },
      },
      links: [{ psaId: '1', state: 'live', rule: 'created' }],
      conflicts: [{ field: 'title', localValue: 'Programmer', psaValue: 'Analyst' }],
      history: [{ source: 'sync', changes: { title: ['Programmer', 'Analyst'] } }],
    });
  });

  it('fails for a record that is not there', async () => {
    expect(await tenant.cli('record view 999999')).toMatchObject({
      code: 2,
      stderr: 'error: There is no record 999999.\n`psa-sync record list --kind <kind>` shows them with their ids.\n',
    });
    expect(await tenant.cli('record view Ada')).toMatchObject({ code: 2 });
  });
});

describe('taking a record out of the sync and back in', () => {
  it('says what was and what is', async () => {
    const grace = await tenant.idOf('contact', '2');
    expect(await tenant.json(`record disable ${grace}`)).toMatchObject({ from: 'live', to: 'disabled', psaId: '2' });
    expect(await names('--kind contact --state disabled')).toEqual(['Grace Hopper']);
    expect(await tenant.json(`record disconnect ${grace}`)).toMatchObject({ from: 'disabled', to: 'disconnected' });
    expect(await tenant.json(`record reconnect ${grace}`)).toMatchObject({ from: 'disconnected', to: 'live' });
    expect(await tenant.cli(`record enable ${grace}`)).toMatchObject({ code: 1 });
  });

  it('asks before an organization takes its records with it', async () => {
    const bolt = await tenant.idOf('organization', '8');
    const refused = await tenant.cli(`record disable ${bolt}`);
    expect(refused.code).toBe(2);
    expect(refused.stderr).toContain('will orphan 1 record of this organization');
    expect(await tenant.cli(`record disable ${bolt} --yes`)).toMatchObject({ code: 0 });
  });
});
