import { once } from 'node:events';
import { parseArgs, type ParseArgsConfig } from 'node:util';
import { z } from 'zod';
import { jsonOrText } from './parse-json.ts';
import { PSAS, type PsaName } from './psas.ts';
import { explainProblems } from './strict-object.ts';
import { DEFAULT_HOST, DEFAULT_SEED, DEFAULT_SIZE, startSimulator, type RunningSimulator } from './start.ts';

const HELP = `Usage: psa-sync simulator <psa> [options]

Runs a simulated PSA with a made-up MSP in it, until SIGTERM or Ctrl-C.
PSAs: ${Object.keys(PSAS).join(', ')}

  --port N          port to listen on; 0 picks a free one (default 0)
  --host ADDRESS    address to listen on (default ${DEFAULT_HOST})
  --size RECORDS    companies, sites, contacts and configurations together (default ${DEFAULT_SIZE})
  --seed N          same size and seed, same data (default ${DEFAULT_SEED})
  --company ID      login company (default: a made-up one)
  --latency MS      wait before every answer (default 0)
  --tls             HTTPS with a self-signed certificate
  --data FILE       keep every change in this file and replay it at the next start
  --set NAME=VALUE  a setting of the PSA, e.g. --set version=2026.11; may be repeated
  --log-bodies      keep the bodies of requests and answers in the request log
  --json            print one JSON line when ready: url, apiUrl, the credentials, caFile
  --help            show this text

While it runs, GET <url>/__simulator/ lists what can be looked at and spoiled: state, requests, faults, mutate, reset.
`;

const OPTIONS = {
  port: { type: 'string' },
  host: { type: 'string' },
  size: { type: 'string' },
  seed: { type: 'string' },
  company: { type: 'string' },
  latency: { type: 'string' },
  tls: { type: 'boolean' },
  data: { type: 'string' },
  set: { type: 'string', multiple: true },
  'log-bodies': { type: 'boolean' },
  json: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const satisfies ParseArgsConfig['options'];

const WHICH_SETTINGS = 'docs/simulator.md lists the settings; so does GET <url>/__simulator/settings of one that runs.';

const EXIT = { done: 0, failed: 1, usage: 2 } as const;

function wholeNumber(values: Record<string, unknown>, name: string, max: number): number | undefined {
  const text = values[name];
  if (typeof text !== 'string') return undefined;
  const value = Number(text);
  if (!Number.isInteger(value) || value < 0 || value > max) {
    throw new UsageError(`--${name} must be a whole number from 0 to ${max}, not "${text}".`);
  }
  return value;
}

class UsageError extends Error {}

/** `name=value` pairs; a value that is JSON is taken as such, everything else as text. */
function parseSettings(pairs: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(
    pairs.map((pair) => {
      const at = pair.indexOf('=');
      if (at < 1) throw new UsageError(`--set takes NAME=VALUE, not "${pair}".`);
      return [pair.slice(0, at), settingOf(pair.slice(at + 1))];
    }),
  );
}

/** A release such as 2025.10 must stay text: as a number it would lose its last digit. */
const settingOf = (value: string): unknown => (/^\d+\.\d+$/.test(value) ? value : jsonOrText(value));

async function start(argv: readonly string[]): Promise<{ simulator: RunningSimulator; json: boolean } | undefined> {
  const { values, positionals } = parseArgs({ args: [...argv], options: OPTIONS, allowPositionals: true });
  if (values.help) return undefined;
  const [name, ...others] = positionals;
  if (name === undefined || !(name in PSAS) || others.length > 0) {
    throw new UsageError(`Name one PSA: ${Object.keys(PSAS).join(', ')}.`);
  }
  const simulator = await startSimulator(name as PsaName, {
    port: wholeNumber(values, 'port', 65_535),
    host: values.host,
    size: wholeNumber(values, 'size', 1_000_000),
    seed: wholeNumber(values, 'seed', 2 ** 31),
    company: values.company,
    latencyMs: wholeNumber(values, 'latency', 600_000),
    tls: values.tls,
    dataFile: values.data,
    logBodies: values['log-bodies'],
    settings: parseSettings(values.set ?? []),
    onError: (error) => process.stderr.write(`simulator: ${error instanceof Error ? error.stack : String(error)}\n`),
  });
  return { simulator, json: values.json ?? false };
}

function announce({ url, apiUrl, credentials, caFile, admin }: RunningSimulator, json: boolean): void {
  const facts = { url, apiUrl, ...credentials, ...(caFile && { caFile }) };
  if (json) {
    process.stdout.write(`${JSON.stringify(facts)}\n`);
    return;
  }
  const lines = Object.entries(facts).map(([name, value]) => `  ${name.padEnd(11)} ${value}`);
  const records = Object.entries(admin.counts()).filter(([, rows]) => rows > 0);
  const counts = records.map(([name, rows]) => `${rows} ${name}`).slice(0, 4);
  process.stdout.write(
    `Ready: ${counts.join(', ')}.\n${lines.join('\n')}\n  admin       ${url}/__simulator/\nStop with Ctrl-C.\n`,
  );
}

/** What is wrong with the command line; undefined for everything that is not its fault. */
function misuse(error: unknown): string | undefined {
  if (error instanceof UsageError) return error.message;
  // A setting is checked by the PSA itself.
  if (error instanceof z.ZodError) return `${explainProblems(error)}\n${WHICH_SETTINGS}`;
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  // Node goes on with advice about arguments that begin with a dash.
  return code.startsWith('ERR_PARSE_ARGS') ? (error as Error).message.replace(/\. To specify .*/s, '.') : undefined;
}

/** The command `psa-sync simulator`; `argv` is what follows it. Resolves with the exit code when it is told to stop. */
export async function runSimulator(argv: string[]): Promise<number> {
  try {
    const started = await start(argv);
    if (!started) {
      process.stdout.write(HELP);
      return EXIT.done;
    }
    const stop = new AbortController();
    const stopped = Promise.race(
      ['SIGTERM', 'SIGINT'].map((signal) => once(process, signal, { signal: stop.signal }).catch(() => undefined)),
    );
    announce(started.simulator, started.json);
    await stopped;
    stop.abort();
    await started.simulator.close();
    return EXIT.done;
  } catch (error) {
    const wrong = misuse(error);
    process.stderr.write(`psa-sync simulator: ${wrong ?? (error as Error).message}\n`);
    if (wrong !== undefined) process.stderr.write('Add --help to see how it is used.\n');
    return wrong === undefined ? EXIT.failed : EXIT.usage;
  }
}
