import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { makeRecord } from '../../support/local-records.ts';
import { person, type PretendedTenant, pretendedTenant } from './pretended-tenant.ts';
import { type OperatorShell, operatorShell } from './support.ts';

let shell: OperatorShell;
let tenant: PretendedTenant;
let first: string;
let second: string;
let review: number;

beforeAll(async () => {
  shell = await operatorShell();
});

beforeEach(async () => {
  tenant = await pretendedTenant(shell);
  await tenant.sync();
  const organization = await tenant.idOf('organization', '7');
  const make = (title: string) =>
    makeRecord(shell.database, tenant.home.tenantId, 'contact', {
      organization,
      firstName: 'Ada',
      lastName: 'Lovelace',
      title,
    });
  first = await make('Countess');
  second = await make('Analyst');
  await tenant.sync({ records: { contact: [person('1', 'Ada', 'Lovelace', 'Analyst')] } });
  review = (await tenant.json<{ id: number }[]>('review list'))[0]?.id ?? 0;
});

describe('review list', () => {
  it('shows what waits and why', async () => {
    expect(await tenant.json('review list --kind contact')).toMatchObject([
      {
        kind: 'contact',
        name: 'Ada Lovelace',
        organization: 'Acme',
        psaId: '1',
        candidateIds: [Number(first), Number(second)],
      },
    ]);
    expect((await tenant.cli('review list')).stdout).toContain('choosing one would be a guess');
    expect(await tenant.json('review list --kind location')).toEqual([]);
  });
});

describe('review view', () => {
  it("puts the PSA's values beside those of each candidate and marks what differs", async () => {
    const { stdout } = await tenant.cli(`review view ${review}`);
    expect(stdout).toMatch(new RegExp(`FIELD +PSA +${first} +${second}`));
    expect(stdout).toMatch(/title +Analyst +≠ Countess +Analyst/);
    expect(stdout).toMatch(/organization +Acme +Acme +Acme/);
  });

  it('names the fields that differ in JSON', async () => {
    expect(await tenant.json(`review view ${review}`)).toMatchObject({
      psa: { title: 'Analyst' },
      candidates: [
        { id: Number(first), linkedTo: null, differs: ['title'] },
        { id: Number(second), differs: [] },
      ],
    });
  });
});

describe('deciding on a review', () => {
  it('links it to the record that is meant, and says what fell', async () => {
    const { code, stderr } = await tenant.cli(`review link ${review} --to ${first}`);
    expect(code).toBe(0);
    expect(stderr).toContain(`psa-sync conflict list --record ${first}`);
    expect(await tenant.json(`record view ${first}`)).toMatchObject({ links: [{ psaId: '1', rule: 'by_hand' }] });
    expect(await tenant.json('review list')).toEqual([]);
  });

  it('makes a record of its own', async () => {
    const { recordId } = await tenant.json<{ recordId: string }>(`review create ${review}`);
    expect(await tenant.json(`record view ${recordId}`)).toMatchObject({ name: 'Ada Lovelace' });
  });

  it('sets it to ignore, and back', async () => {
    await tenant.cli(`review ignore ${review}`);
    expect(await tenant.json('review list')).toEqual([]);
    expect(await tenant.json('review list --state ignored')).toMatchObject([{ id: review }]);
    await tenant.cli(`review unignore ${review}`);
    expect(await tenant.json('review list')).toMatchObject([{ id: review }]);
  });

  it('fails with the reason and the way out', async () => {
    const stranger = await tenant.idOf('organization', '7');
    expect(await tenant.cli(`review link ${review} --to ${stranger}`)).toMatchObject({ code: 1 });
    expect((await tenant.cli('review create 999999')).stderr).toContain('psa-sync review list');
    expect(await tenant.cli(`review link ${review}`)).toMatchObject({ code: 2 });
  });
});
