import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { describe, expect, it, onTestFinished } from 'vitest';
import { fromPs, isRunning, processInfo } from '../../../cli/dev/process-info.ts';

async function sleeper(): Promise<{ pid: number; end(): Promise<void> }> {
  const child: ChildProcess = spawn('sleep', ['61']);
  onTestFinished(() => void child.kill('SIGKILL'));
  await once(child, 'spawn');
  const end = async (): Promise<void> => {
    child.kill('SIGKILL');
    await once(child, 'exit');
  };
  return { pid: child.pid ?? 0, end };
}

describe('a process', () => {
  it('is known by its command and by when it started, until it ends', async () => {
    const { pid, end } = await sleeper();
    const info = await processInfo(pid);
    expect(info).toMatchObject({ pid, command: 'sleep 61' });
    expect((await processInfo(1))?.identity).not.toBe(info?.identity);
    expect(await isRunning({ pid, identity: info?.identity ?? '' })).toBe(true);
    expect(await isRunning({ pid, identity: 'another start' })).toBe(false);
    await end();
    expect(await processInfo(pid)).toBeUndefined();
  });

  // A slim Linux image may be without ps, and does not need it: it has /proc.
  it.runIf(existsSync('/bin/ps') || existsSync('/usr/bin/ps'))('is known in the same way by ps', async () => {
    const { pid, end } = await sleeper();
    const info = await fromPs(pid);
    expect(info).toMatchObject({ pid, command: 'sleep 61' });
    expect((await fromPs(1))?.identity).not.toBe(info?.identity);
    await end();
    expect(await fromPs(pid)).toBeUndefined();
  });
});
