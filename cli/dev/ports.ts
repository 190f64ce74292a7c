import { readFile } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import { DevError } from './dev-error.ts';
import type { Report } from './report.ts';
import { writeJson } from './write-json.ts';

const CANDIDATES = 100;
const PROBE_TIMEOUT_MS = 500;

/** Chooses ports and remembers them, so that addresses stay the same over restarts. */
export interface Ports {
  /**
   * A port that nobody listens on: the remembered one, else the preferred one, else the next free one above it.
   * Says so when it is another than the one that was asked for. Ports picked before are not given out twice.
   */
  pick(name: string, preferred: number): Promise<number>;
}

/** @param file where the choice is kept, as `{ name: port }` */
export function rememberedPorts(file: string, report: Report): Ports {
  const given = new Set<number>();
  let last: Promise<unknown> = Promise.resolve(); // one at a time: they read and write one file
  return {
    pick(name, preferred) {
      const next = last.then(() => choose(name, preferred));
      last = next.catch(() => undefined);
      return next;
    },
  };

  async function choose(name: string, preferred: number): Promise<number> {
    const remembered = (await readPorts(file))[name];
    const wanted = remembered ?? preferred;
    const port = await firstFree([wanted, ...above(preferred)], given);
    if (port === undefined) throw noPort(name, preferred);
    given.add(port);
    if (port !== wanted) report.line(`Port ${wanted} (${name}) is taken by another program: using ${port} instead.`);
    if (port !== remembered) await writeJson(file, { ...(await readPorts(file)), [name]: port });
    return port;
  }
}

/** Whether a server could listen on this port of 127.0.0.1. */
export async function isFree(port: number): Promise<boolean> {
  // On macOS a port can be bound although another program listens on it for all addresses: so ask both ways.
  return !(await answers(port)) && (await canListen(port));
}

async function firstFree(ports: Iterable<number>, except: ReadonlySet<number>): Promise<number | undefined> {
  for (const port of ports) if (!except.has(port) && (await isFree(port))) return port;
  return undefined;
}

function above(preferred: number): number[] {
  return Array.from({ length: CANDIDATES }, (_, step) => preferred + step).filter((port) => port < 65_536);
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port, timeout: PROBE_TIMEOUT_MS });
    const end = (answer: boolean): void => {
      socket.destroy();
      resolve(answer);
    };
    socket.once('connect', () => end(true));
    socket.once('timeout', () => end(false));
    socket.once('error', () => end(false));
  });
}

function canListen(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen({ host: '127.0.0.1', port, exclusive: true }, () => server.close(() => resolve(true)));
  });
}

/** The ports that were chosen, by name. */
export async function readPorts(file: string): Promise<Record<string, number>> {
  try {
    const found: unknown = JSON.parse(await readFile(file, 'utf8'));
    const entries = Object.entries(found ?? {}).filter((entry): entry is [string, number] =>
      Number.isInteger(entry[1]),
    );
    return Object.fromEntries(entries);
  } catch {
    return {}; // none chosen yet, or a file that was cut off: the choice is made anew
  }
}

function noPort(name: string, preferred: number): DevError {
  return new DevError('port-taken', [
    `No free port for ${name}: ${preferred} and the ${CANDIDATES - 1} above it are taken.`,
    'End the programs that listen there, or ask `psa-sync dev status` which of them are ours.',
  ]);
}
