import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { DevError, interrupted } from './dev-error.ts';
import { type LogFile, openLog } from './log-file.ts';
import { isRunning, processInfo } from './process-info.ts';
import { forgetServer, type ServerState, type StopSequence, writeServerState } from './server-state.ts';

/** A server of the stack: started by us, or found running (`adopted`) after its starter was killed. */
export interface Server {
  name: string;
  pid: number;
  port: number;
  adopted: boolean;
  logFile: string;
  details: ServerState['details'];
  isRunning(): Promise<boolean>;
  /** Ends it in order, by force after a grace; resolves when the process is gone. */
  stop(): Promise<void>;
}

export interface ServerSpec {
  name: string;
  command: string;
  args: readonly string[];
  port: number;
  stateFile: string;
  logFile: string;
  details?: ServerState['details'];
  /** Runs as this user instead of ours; only root can ask for it. */
  user?: { uid: number; gid: number } | undefined;
  env?: NodeJS.ProcessEnv;
  stopSequence: StopSequence;
  readyTimeoutMs: number;
  /** What the server writes once it listens, where it does: without that, another server might be the one that answers. */
  announces?: RegExp;
  /** Asked until it says yes; it need not check that the process lives. */
  isReady(pid: number): Promise<boolean>;
  /** Turns what the server wrote into the refusal to show; it ended or was not ready in time. */
  explain(output: string): DevError;
  signal?: AbortSignal | undefined;
}

const POLL_MS = 25;

/**
 * Starts a server in a process group and session of its own: the terminal's Ctrl-C does not reach it, so that we can
 * stop the servers in order, and it outlives a kill -9 of ours, to be adopted by the next start.
 */
export async function startServer(spec: ServerSpec): Promise<Server> {
  const log = await openLog(spec.logFile);
  const child = spawn(spec.command, spec.args, {
    cwd: '/', // ours may be one that the other user can't enter
    detached: true,
    stdio: ['ignore', log.fd, log.fd],
    ...(spec.user && { uid: spec.user.uid, gid: spec.user.gid }),
    ...(spec.env && { env: spec.env }),
  });
  try {
    await once(child, 'spawn');
  } catch (error) {
    throw spec.explain((error as Error).message);
  } finally {
    await log.close();
  }
  const info = child.pid === undefined ? undefined : await processInfo(child.pid);
  if (!info) throw spec.explain(await log.tail());
  child.unref();
  const state: ServerState = {
    ...info,
    name: spec.name,
    port: spec.port,
    startedAt: new Date().toISOString(),
    logFile: spec.logFile,
    stopSequence: spec.stopSequence,
    details: spec.details ?? {},
  };
  await writeServerState(spec.stateFile, state);
  const server = serverOf(state, spec.stateFile, false);
  try {
    await untilReady(server, spec, log);
  } catch (error) {
    await server.stop();
    throw error;
  }
  return server;
}

/** A handle on a server that was found running. */
export const adoptServer = (state: ServerState, stateFile: string): Server => serverOf(state, stateFile, true);

/** Ends a process (not only a child of ours) and waits until it is gone. */
export async function stopProcess(process: { pid: number; identity: string }, sequence: StopSequence): Promise<void> {
  for (const { signal, graceMs } of [...sequence, { signal: 'SIGKILL' as const, graceMs: 10_000 }]) {
    if (!(await isRunning(process)) || !send(process.pid, signal)) return;
    for (const until = Date.now() + graceMs; Date.now() < until; await sleep(POLL_MS)) {
      if (!(await isRunning(process))) return;
    }
  }
  throw new DevError('failed', [`Process ${process.pid} does not end, not even by SIGKILL: end it by hand.`]);
}

function serverOf(state: ServerState, stateFile: string, adopted: boolean): Server {
  return {
    name: state.name,
    pid: state.pid,
    port: state.port,
    adopted,
    logFile: state.logFile,
    details: state.details,
    isRunning: () => isRunning(state),
    async stop() {
      await stopProcess(state, state.stopSequence);
      await forgetServer(stateFile);
    },
  };
}

async function untilReady(server: Server, spec: ServerSpec, log: LogFile): Promise<void> {
  let announced = spec.announces === undefined;
  for (const until = Date.now() + spec.readyTimeoutMs; Date.now() < until; await sleep(POLL_MS)) {
    if (spec.signal?.aborted) throw interrupted(`The start of ${spec.name}`);
    announced ||= spec.announces !== undefined && (await log.holds(spec.announces));
    const ready = announced && (await spec.isReady(server.pid));
    // Whoever answered: it counts only while the process that we started lives. One that finds its port taken ends.
    if (!(await server.isRunning())) break;
    if (ready) return;
  }
  throw spec.explain(await log.tail());
}

function send(pid: number, signal: NodeJS.Signals): boolean {
  try {
    return process.kill(pid, signal);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ESRCH') return false;
    if (code !== 'EPERM') throw error;
    throw new DevError('failed', [
      `Process ${pid} belongs to another user, so it can't be ended from here.`,
      `End it as that user or as root: \`sudo kill ${pid}\`.`,
    ]);
  }
}
