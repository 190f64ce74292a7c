import { once } from 'node:events';
import { createServer } from 'node:net';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { isRunning } from '../../../cli/dev/process-info.ts';
import { recordingReport } from './support/recording-report.ts';
import { kill, namespaceId, query, start, startElsewhere, stateOf, temporaryStackFolder } from './support/stacks.ts';

describe('a start', () => {
  it('makes a database in which text is UTF-8 and sorts the same everywhere', async () => {
    const stack = await start(await temporaryStackFolder());
    const [row] = await query(
      stack.databaseUrl,
      `select current_setting('server_encoding') as encoding, lower('ÄŁ') as lower, 'a' < 'B' as "a before B"`,
    );
    expect(row).toEqual({ encoding: 'UTF8', lower: 'äł', 'a before B': false });
  });

  it('finds the data and the history of the start before it, under the same addresses', async () => {
    const dataDir = await temporaryStackFolder();
    const first = await start(dataDir);
    await query(first.databaseUrl, 'create table kept as select 42 as answer');
    const history = await namespaceId(first.temporal.uiUrl);
    await first.stop();
    const second = await start(dataDir);
    expect(await query(second.databaseUrl, 'select answer from kept')).toEqual([{ answer: 42 }]);
    expect(await namespaceId(second.temporal.uiUrl)).toBe(history);
    expect([second.databaseUrl, second.temporal]).toEqual([first.databaseUrl, first.temporal]);
  });

  it('takes another port than a taken one, says so, and keeps it', async () => {
    const dataDir = await temporaryStackFolder();
    const other = createServer().listen(0, '127.0.0.1');
    onTestFinished(() => void other.close());
    await once(other, 'listening');
    const { port: taken } = other.address() as { port: number };
    const ports = { postgres: taken, temporal: 27_333, temporalUi: 28_333 };
    const report = recordingReport();
    const first = await start(dataDir, { report, preferredPorts: ports });
    expect(new URL(first.databaseUrl).port).not.toBe(String(taken));
    expect(report.lines.join('\n')).toMatch(new RegExp(`Port ${taken} .*taken.*using \\d+ instead`));
    await first.stop();
    other.close();
    const second = await start(dataDir, { preferredPorts: ports });
    expect(second.databaseUrl).toBe(first.databaseUrl);
  });

  it('starts nothing that runs elsewhere already', async () => {
    const stack = await start(await temporaryStackFolder(), {
      external: { databaseUrl: 'postgres://elsewhere/app', temporalAddress: 'elsewhere:7233' },
    });
    expect(stack).toMatchObject({
      databaseUrl: 'postgres://elsewhere/app',
      temporal: { address: 'elsewhere:7233', uiUrl: undefined },
      servers: [],
    });
  });

  it('leaves nothing running when it is interrupted', async () => {
    const dataDir = await temporaryStackFolder();
    const interrupt = new AbortController();
    const starting = start(dataDir, { signal: interrupt.signal });
    setTimeout(() => interrupt.abort(), 150);
    await expect(starting).rejects.toMatchObject({ kind: 'interrupted' });
    const states = await Promise.allSettled([stateOf(dataDir, 'postgres'), stateOf(dataDir, 'temporal')]);
    expect(states.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    await start(dataDir); // and the folder is free again
  });
});

describe('a start after kill -9', () => {
  it('of the start alone takes its servers over', async () => {
    const dataDir = await temporaryStackFolder();
    const killed = await startElsewhere(dataDir);
    const before = [await stateOf(dataDir, 'postgres'), await stateOf(dataDir, 'temporal')];
    await kill(killed, 'SIGKILL');
    const stack = await start(dataDir);
    expect(stack.servers.map(({ pid, adopted }) => [pid, adopted])).toEqual(before.map(({ pid }) => [pid, true]));
    expect(await query(stack.databaseUrl, 'select 1 as one')).toEqual([{ one: 1 }]);
    await stack.stop();
    expect(await Promise.all(before.map(isRunning))).toEqual([false, false]);
  });

  it('of everything finds its data and goes on', async () => {
    const dataDir = await temporaryStackFolder();
    const first = await start(dataDir);
    await query(first.databaseUrl, 'create table kept as select 42 as answer');
    const history = await namespaceId(first.temporal.uiUrl);
    await first.stop();
    const killed = await startElsewhere(dataDir);
    const servers = [await stateOf(dataDir, 'postgres'), await stateOf(dataDir, 'temporal')];
    await kill(killed, 'SIGKILL');
    for (const { pid } of servers) process.kill(pid, 'SIGKILL');
    const stack = await start(dataDir);
    expect(stack.servers.map(({ adopted }) => adopted)).toEqual([false, false]);
    expect(await query(stack.databaseUrl, 'select answer from kept')).toEqual([{ answer: 42 }]);
    expect(await namespaceId(stack.temporal.uiUrl)).toBe(history);
  });
});

describe('a running stack', () => {
  it('starts a server that died again, under its address', async () => {
    const dataDir = await temporaryStackFolder();
    const stack = await start(dataDir);
    const history = await namespaceId(stack.temporal.uiUrl);
    for (const { pid } of stack.servers) process.kill(pid, 'SIGKILL');
    const patience = { timeout: 20_000, interval: 200 };
    await vi.waitFor(() => query(stack.databaseUrl, 'select 1'), patience);
    expect(await vi.waitFor(() => namespaceId(stack.temporal.uiUrl), patience)).toBe(history);
  });

  it('lets no second start on its data, and says which process to end', async () => {
    const dataDir = await temporaryStackFolder();
    await start(dataDir);
    const second = start(dataDir);
    await expect(second).rejects.toMatchObject({ kind: 'locked' });
    await expect(second).rejects.toThrow(new RegExp(`Process ${process.pid} .*psa-sync dev down`, 's'));
  });
});
