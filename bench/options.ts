import { parseArgs } from 'node:util';
import { SIZED_SCENARIOS } from './sized-scenarios.ts';

const SCENARIOS = [...SIZED_SCENARIOS, 'tenants', 'pushes', 'clients', 'requests'] as const;
type Scenario = (typeof SCENARIOS)[number];

export interface Options {
  readonly sizes: readonly number[];
  readonly latenciesMs: readonly number[];
  readonly scenarios: readonly Scenario[];
  readonly repeat: number;
  readonly json: string | undefined;
  readonly profileTo: string | undefined;
}

export const HELP = `Usage: npm run bench [-- options]

Measures syncs of a simulated PSA against the floor: the same requests, parsed and copied into the same tables; and how long
pushes and API clients wait, and how many requests each PSA takes.

  --size N,N         records of the simulated PSA, companies, sites, contacts and configurations (default 10000,100000)
  --latency MS,MS    how long the PSA takes to answer (default 0,100)
  --scenario A,B     ${SCENARIOS.join(', ')} (default all)
  --repeat N         run everything so often; medians count (default 1)
  --json FILE        write the results as a list of {scenario, size, metric, value, unit, bar}
  --profile FOLDER   write CPU profiles of the workers, which slows them down somewhat
  --help             show this text
`;

/** What is wrong with the command line, in words for its user. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** Null: help was asked for. */
export function parseOptions(argv: readonly string[]): Options | null {
  const { values } = parse(argv);
  if (values.help) return null;
  const repeat = wholeNumbers('repeat', values.repeat, 1);
  if (repeat.length > 1) throw new UsageError('--repeat takes one number.');
  return {
    sizes: wholeNumbers('size', values.size, 1).sort((a, b) => a - b),
    latenciesMs: wholeNumbers('latency', values.latency, 0).sort((a, b) => a - b),
    scenarios: values.scenario.split(',').map(scenarioOf),
    repeat: repeat[0] ?? 1,
    json: values.json,
    profileTo: values.profile,
  };
}

function parse(argv: readonly string[]) {
  try {
    return parseArgs({
      args: [...argv],
      options: {
        size: { type: 'string', default: '10000,100000' },
        latency: { type: 'string', default: '0,100' },
        scenario: { type: 'string', default: SCENARIOS.join(',') },
        repeat: { type: 'string', default: '1' },
        json: { type: 'string' },
        profile: { type: 'string' },
        help: { type: 'boolean', short: 'h', default: false },
      },
    });
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}

function wholeNumbers(option: string, list: string, least: number): number[] {
  return [...new Set(list.split(','))].map((text) => {
    const value = Number(text.trim() === '' ? Number.NaN : text);
    if (Number.isInteger(value) && value >= least) return value;
    throw new UsageError(`--${option} takes whole numbers from ${least}, separated by commas, not "${list}".`);
  });
}

function scenarioOf(name: string): Scenario {
  const found = SCENARIOS.find((scenario) => scenario === name.trim());
  if (found) return found;
  throw new UsageError(`There is no scenario "${name}": choose of ${SCENARIOS.join(', ')}.`);
}
