import { beforeAll, describe, expect, it } from 'vitest';
import type { RunningSimulator } from '../../../simulator/start.ts';
import { testSimulator } from '../../support/sync.ts';
import { connectLine, type OperatorShell, operatorShell, shellWorker } from './support.ts';

interface Row {
  readonly id: number;
  readonly company?: { readonly id: number } | null;
}

interface Why {
  readonly verdict: string;
  readonly because: string;
  readonly link: { readonly recordId: string } | null;
  readonly changes: readonly { readonly field: string }[];
  readonly organization: Why | null;
  readonly types: readonly { readonly name: string; readonly ticked: boolean }[];
}

let shell: OperatorShell;
let simulator: RunningSimulator;
let contact: { id: number; company: number };

const rows = (name: string) => [...simulator.admin.state(name)] as Row[];
const why = (psaId: number, options: string) => shell.json<Why>(`record why ${psaId} ${options}`);

beforeAll(async () => {
  shell = await operatorShell();
  simulator = await testSimulator({ size: 60 });
  await shell.cli('tenant create acme --name Acme');
  await shell.cli(...connectLine(simulator));
  for (const noun of ['type', 'status']) {
    for (const kind of ['organization', 'configuration']) await shell.cli(`${noun} tick --kind ${kind} --all`);
  }
  await shell.cli('settings set contacts-sync=on');
});

describe('before the first sync', () => {
  it('says that a contact comes in with its company, which is new too', async () => {
    const found = rows('contacts').find((row) => row.company);
    contact = { id: found?.id ?? 0, company: found?.company?.id ?? 0 };
    expect(await why(contact.id, '--kind contact')).toMatchObject({
      verdict: 'create',
      because: 'No record fits it, so one is created.',
      link: null,
      organization: { psaId: String(contact.company), verdict: 'create' },
    });
  });

  it('writes nothing', async () => {
    expect(await shell.json('record list --kind organization')).toEqual([]);
    expect(await shell.json('record list --kind contact')).toEqual([]);
  });

  it('says which of its types are ticked, and that the contact stays outside with its company', async () => {
    for (const { name } of (await why(contact.company, '--kind organization')).types)
      await shell.cli(`type untick --kind organization "${name}" --yes`);
    const company = await why(contact.company, '--kind organization');
    expect(company).toMatchObject({ verdict: 'outside', reason: 'no_type_ticked', types: [{ ticked: false }] });
    const { stdout } = await shell.cli(`record why ${contact.id} --kind contact`);
    expect(stdout).toMatch(/because +Its organization does not sync/);
    expect(stdout).toMatch(/its organization +PSA id \d+ stays outside: None of its types is ticked/);
    await shell.cli('type tick --kind organization --all');
  });
});

describe('after a sync', () => {
  beforeAll(async () => {
    await shellWorker(shell);
    await shell.cli('sync start --watch');
  });

  it('says that a record is in step, and what ties it', async () => {
    const found = await why(contact.id, '--kind contact');
    expect(found).toMatchObject({ verdict: 'unchanged', link: { state: 'live', rule: 'created' }, changes: [] });
  });

  it('shows what the next sync would change', async () => {
    simulator.admin.putRows('contacts', [{ id: contact.id, title: 'Analyst' }]);
    expect(await why(contact.id, '--kind contact')).toMatchObject({
      verdict: 'update',
      changes: [{ field: 'title', to: 'Analyst' }],
    });
    expect((await shell.cli(`record why ${contact.id} --kind contact`)).stdout).toMatch(/title .+ Analyst/);
  });

  it('tells scripts what a value refers to by its id and its name', async () => {
    const companies = [...(simulator.admin.state('companies') as Iterable<{ id: number; status: { id: number } }>)];
    const [{ psaId }] = await shell.json<[{ psaId: string }]>('record list --kind organization --state live');
    const company = companies.find(({ id }) => String(id) === psaId)!;
    simulator.admin.putRows('companies', [{ id: company.id, status: { id: company.status.id === 1 ? 3 : 1 } }]);
    expect(await why(company.id, '--kind organization')).toMatchObject({
      changes: [{ field: 'status', from: { id: expect.any(Number) as number, name: expect.any(String) as string } }],
    });
  });

  it('says that a record which is gone is going to be orphaned', async () => {
    const { link } = await why(contact.id, '--kind contact');
    simulator.admin.deleteRows('contacts', [contact.id]);
    expect(await why(contact.id, '--kind contact')).toMatchObject({
      verdict: 'missing',
      because: `The PSA has no such record. The next full sync will orphan record ${link?.recordId}, which is linked to it.`,
    });
  });

  it('says that a person keeps a record out', async () => {
    const { link } = await why(contact.company, '--kind organization');
    await shell.cli(`record disable ${link?.recordId} --yes`);
    expect(await why(contact.company, '--kind organization')).toMatchObject({
      verdict: 'outside',
      reason: 'link_disabled',
    });
  });

  it('asks for a location below its company', async () => {
    const [site] = await shell.json<{ psaId: string; organizationId: string }[]>(
      'record list --kind location --limit 1',
    );
    expect(await why(Number(site?.psaId), '--kind location')).toMatchObject({ kind: 'location', psa: {} });
    expect(await why(999_999, '--kind location')).toMatchObject({ verdict: 'unknown' });
    expect(await why(999_999, `--kind location --organization ${site?.organizationId}`)).toMatchObject({
      verdict: 'missing',
    });
  });

  it('ends with 4 when the PSA refuses the credentials', async () => {
    simulator.admin.addFaults([{ kind: 'unauthorized' }]);
    expect(await shell.cli(`record why ${contact.id} --kind contact`)).toMatchObject({ code: 4, stdout: '' });
    simulator.admin.clearFaults();
  });
});
