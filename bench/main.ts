// `npm run bench`: see docs/bench.md
import { writeFile } from 'node:fs/promises';
import { catchInterrupt } from '../cli/dev/interrupt.ts';
import { terminalReport } from '../cli/dev/report.ts';
import { ownEnvironment } from '../settings/environment.ts';
import { openBench } from './bench.ts';
import { HELP, type Options, parseOptions, UsageError } from './options.ts';
import { compareSizes, isMissed, medians, type Result } from './result.ts';
import { runBench } from './run-bench.ts';
import { table } from './table.ts';

const EXIT = { done: 0, failed: 1, usage: 2, interrupted: 130 } as const;

async function bench(options: Options): Promise<number> {
  if (process.platform !== 'linux') throw new Error('the bench reads CPU and memory from /proc, which only Linux has');
  const { profileTo } = options;
  const interrupt = catchInterrupt();
  const report = terminalReport(process.stderr);
  const measured: Result[] = [];
  const opened = await openBench({ environment: ownEnvironment(), report, profileTo, signal: interrupt.signal });
  try {
    const collect = async (): Promise<number> => {
      for await (const some of runBench(opened, options)) measured.push(...some);
      return EXIT.done;
    };
    return await Promise.race([interrupt.arrived.then(() => EXIT.interrupted), collect()]);
  } finally {
    // What was measured before a failure or Ctrl-C is worth minutes.
    const results = medians(measured);
    await tell([...results, ...compareSizes(results)], options.json);
    await opened.close();
  }
}

async function tell(results: readonly Result[], json: string | undefined): Promise<void> {
  if (json !== undefined) await writeFile(json, `${JSON.stringify(results, null, 2)}\n`);
  const judged = results.filter(({ bar }) => bar !== null);
  const kept = judged.filter((one) => !isMissed(one));
  await print(`${table(results)}\n\n${kept.length} of ${judged.length} bars kept.`);
}

async function main(argv: readonly string[]): Promise<number> {
  try {
    const options = parseOptions(argv);
    if (options) return await bench(options);
    await print(HELP);
    return EXIT.done;
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    console.error(`${error.message}\n\n${HELP}`);
    return EXIT.usage;
  }
}

/** Resolves when it is written: a pipe takes its time, and the process ends by `exit`. */
async function print(text: string): Promise<void> {
  await new Promise<void>((written) => process.stdout.write(`${text}\n`, () => written()));
}

// Whatever still runs is a child of ours that ends with us.
process.exit(await main(process.argv.slice(2)));
