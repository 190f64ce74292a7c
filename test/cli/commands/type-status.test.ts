import { beforeAll, describe, expect, it } from 'vitest';
import type { RunningSimulator } from '../../../simulator/start.ts';
import { testSimulator } from '../../support/sync.ts';
import { connectLine, type OperatorShell, operatorShell, shellWorker } from './support.ts';

let shell: OperatorShell;
let simulator: RunningSimulator;

beforeAll(async () => {
  shell = await operatorShell();
  simulator = await testSimulator({ size: 60 });
  await shell.cli('tenant create acme --name Acme');
  await shell.cli(...connectLine(simulator));
});

interface Row {
  readonly kind: string;
  readonly psaId: string;
  readonly name: string;
  readonly ticked: boolean | null;
}

const rows = (line: string) => shell.json<Row[]>(line);
const ticked = async (line: string) => (await rows(line)).filter((row) => row.ticked).map(({ name }) => name);

describe('type and status', () => {
  it('list what the PSA offers, by kind; contact types have nothing to tick', async () => {
    expect(new Set((await rows('type list')).map(({ kind }) => kind))).toEqual(
      new Set(['organization', 'contact', 'configuration']),
    );
    expect((await rows('type list --kind contact')).every((row) => row.ticked === null)).toBe(true);
    expect(new Set((await rows('status list --kind organization')).map(({ kind }) => kind))).toEqual(
      new Set(['organization']),
    );
    expect(await shell.cli('status list --kind contact')).toMatchObject({ code: 2 });
  });

  it('are ticked by name in any case, or by PSA id, several at once', async () => {
    const [first, second] = await rows('type list --kind organization');
    const { code, stderr } = await shell.cli(
      `type tick --kind organization "${first?.name.toUpperCase() ?? ''}" ${second?.psaId ?? ''}`,
    );
    expect(code).toBe(0);
    expect(stderr).toContain('2 organization types ticked');
    expect(stderr).toContain('psa-sync sync start');
    expect(await ticked('type list --kind organization')).toEqual([first?.name, second?.name]);
    const again = await shell.cli(`type tick --kind organization ${second?.psaId ?? ''}`);
    expect(again.stderr).toBe('0 organization types ticked.\n');
  });

  it('tick nothing when one of the names is unknown, and say which there are', async () => {
    const before = await ticked('status list');
    const { code, stderr } = await shell.cli('status tick --kind organization Active Activ');
    expect(code).toBe(2);
    expect(stderr).toContain('no status "Activ"');
    expect(stderr).toContain('There are: ');
    expect(await ticked('status list')).toEqual(before);
  });

  it('want names or --all, not both and not neither', async () => {
    expect(await shell.cli('type tick --kind organization')).toMatchObject({ code: 2 });
    expect(await shell.cli('type tick --kind organization --all Client')).toMatchObject({ code: 2 });
  });

  it('come anew from the PSA with --refresh', async () => {
    simulator.admin.putRows('companyTypes', [{ name: 'Friend of the house', vendorFlag: false }]);
    expect(await ticked('type tick --kind organization --all --refresh')).toContain('Friend of the house');
  });

  it('say, when unticked, how many linked records that concerns, and that nothing is deleted', async () => {
    await shellWorker(shell);
    await shell.cli('status tick --kind organization --all');
    await shell.cli('type tick --kind configuration --all');
    await shell.cli('status tick --kind configuration --all');
    expect(await shell.cli('sync start --watch')).toMatchObject({ code: 0 });
    const none = await shell.cli('type untick --kind organization "Friend of the house"');
    expect(none.stderr).toContain('No linked record has one of these.');
    const all = await shell.cli('status untick --kind organization --all');
    const { links } = await shell.json<{ links: { kind: string; count: number }[] }>('integration view');
    const count = (kind: string) =>
      links.filter((link) => link.kind === kind).reduce((sum, link) => sum + link.count, 0);
    const below = count('location') + count('contact') + count('configuration');
    expect(below).toBeGreaterThan(0);
    expect(all.stderr).toContain(`${count('organization')} linked organizations came in by one of these`);
    expect(all.stderr).toContain(`with them ${below} records of theirs`);
    expect(all.stderr).toContain('nothing is deleted');
  });
});
