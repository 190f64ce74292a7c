import { parseArgs } from 'node:util';
import { PSA_NAMES } from './psas/subjects.ts';
import { SIZED_SCENARIOS } from './sized-scenarios.ts';

const SCENARIOS = [...SIZED_SCENARIOS, 'tenants', 'pushes', 'clients', 'requests'] as const;
type Scenario = (typeof SCENARIOS)[number];

export interface Options {
  readonly sizes: readonly number[];
  readonly latenciesMs: readonly number[];
  readonly scenarios: readonly Scenario[];
  /** Of the scenarios that are of several. */
  readonly psas: readonly string[];
  /** Of each scenario of pushes. */
  readonly edits: number;
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
  --psa A,B          of pushes and requests: ${PSA_NAMES.join(', ')} (default all)
  --edits N          so many edits in each scenario of pushes (default 1000)
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
  return {
    sizes: wholeNumbers('size', values.size, 1).sort((a, b) => a - b),
    latenciesMs: wholeNumbers('latency', values.latency, 0).sort((a, b) => a - b),
    scenarios: chosen('scenario', values.scenario, SCENARIOS),
    psas: chosen('PSA', values.psa, PSA_NAMES),
    edits: wholeNumber('edits', values.edits),
    repeat: wholeNumber('repeat', values.repeat),
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
        psa: { type: 'string', default: PSA_NAMES.join(',') },
        edits: { type: 'string', default: '1000' },
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

function wholeNumber(option: string, text: string): number {
  const [value = 1, another] = wholeNumbers(option, text, 1);
  if (another !== undefined) throw new UsageError(`--${option} takes one number.`);
  return value;
}

/** Names out of a list, separated by commas. */
function chosen<Name extends string>(what: string, list: string, names: readonly Name[]): Name[] {
  return list.split(',').map((text) => {
    const found = names.find((name) => name === text.trim());
    if (found !== undefined) return found;
    throw new UsageError(`There is no ${what} "${text}": choose of ${names.join(', ')}.`);
  });
}
