import { readFile, rm } from 'node:fs/promises';
import { isRunning } from './process-info.ts';
import { writeJson } from './write-json.ts';

/** The signals that end a server, each with the time it gets before the next one; SIGKILL follows the last. */
export type StopSequence = readonly { signal: NodeJS.Signals; graceMs: number }[];

/** What a server leaves in the data folder, so that a later start, `status` or `down` finds it. */
export interface ServerState {
  name: string;
  pid: number;
  /** When the process started, as the system tells it: a used-again process id has another one. */
  identity: string;
  port: number;
  startedAt: string;
  command: string;
  logFile: string;
  stopSequence: StopSequence;
  /** What the next start must know to tell whether this is still the server that it wants. */
  details: Record<string, string | number>;
}

export const writeServerState = (file: string, state: ServerState): Promise<void> => writeJson(file, state);

export const forgetServer = (file: string): Promise<void> => rm(file, { force: true });

/** The server that a state file speaks of, if it still runs. */
export async function runningServer(file: string): Promise<ServerState | undefined> {
  try {
    const state = JSON.parse(await readFile(file, 'utf8')) as ServerState;
    return (await isRunning(state)) ? state : undefined;
  } catch {
    return undefined; // none was started, or the file was cut off by a kill
  }
}
