import type { Command } from 'commander';
import { ownEnvironment } from '../../settings/environment.ts';
import { demoAdapter } from '../../psa/registry.ts';
import type { CliContext } from '../context.ts';
import { sayDemo } from '../demo/say-demo.ts';
import { cacheDirectory } from '../dev/cache-directory.ts';
import { type Report, terminalReport } from '../dev/report.ts';
import { resetStack, type RunningGuest, stopStack } from '../dev/stack-control.ts';
import { describeStack, type StackDescription, type UsedPath, usedPaths } from '../dev/stack-status.ts';
import { examples } from '../help.ts';

/** The demo and its embedded servers: what `npm start` runs. */
export function registerDev(program: Command, context: CliContext): void {
  const report = (): Report => terminalReport(process.stderr);
  const sayKept = ({ path, what, removedBy }: UsedPath): void =>
    context.output.say(`Kept: ${path}  (${what}; \`${wordsOf(removedBy)}\`)`);
  const places = () => ({ dataDir: context.settings.dataDir, cacheDir: cacheDirectory(context.settings.xdgCacheHome) });

  const dev = program
    .command('dev')
    .description(`start everything embedded, sync a simulated ${demoAdapter.title}, and leave it running`)
    .option('--once', 'stop everything when the sync has ended')
    .action(async ({ once = false }: { once?: boolean }) => {
      const { runDemo } = await import('../demo/run-demo.ts');
      const { signal, terminal, output } = context;
      const demo = await runDemo({ environment: ownEnvironment(), report: report(), screen: terminal.stderr, signal });
      try {
        sayDemo(demo, output, { staysUp: !once });
        if (demo.run.state === 'completed_with_rejects') context.endWith('rejects');
        if (demo.run.state === 'failed' || demo.run.state === 'cancelled') context.endWith('failed');
        if (!once) await untilAborted(signal, (text) => output.say(text));
      } finally {
        await demo.stop();
      }
    });
  examples(
    dev,
    ['npm start', 'the demo, until Ctrl-C'],
    ['npm start -- --once', 'the same, and stop when the sync has ended'],
    ['psa-sync dev status', 'what runs, and every path that is used'],
  );

  const down = dev
    .command('down')
    .description('stop a running demo and whatever a killed one left behind')
    .action(async () => {
      const stopped = await stopStack({ dataDir: places().dataDir, report: report() });
      context.output.say(stopped ? 'Stopped. The data is kept; `npm start` goes on with it.' : 'Nothing was running.');
      for (const path of await usedPaths(places())) sayKept(path);
    });
  examples(down, ['psa-sync dev down', 'stop it all, keep the data']);

  const reset = dev
    .command('reset')
    .description('stop and remove all data of the demo')
    .option('--caches', 'remove caches too: the Temporal server that was built or downloaded')
    .action(async ({ caches = false }: { caches?: boolean }) => {
      const paths = await usedPaths(places());
      const doomed = paths.filter(
        ({ removedBy }) => removedBy === 'reset' || (caches && removedBy === 'reset --caches'),
      );
      if (doomed.length === 0) return context.output.say('There is nothing to remove.');
      for (const { what, path } of doomed) context.output.say(`${path}  (${what})`);
      await context.ask.confirm('These are removed for good');
      const removed = await resetStack({ ...places(), caches, report: report() });
      context.output.list(
        removed.map((path) => ({ path })),
        [{ title: 'removed', value: ({ path }) => path }],
        'Nothing was removed.',
      );
      for (const path of paths.filter((path) => !doomed.includes(path))) sayKept(path);
    });
  examples(reset, ['psa-sync dev reset --yes', 'begin from nothing at the next start']);

  const status = dev
    .command('status')
    .description('what runs, and every path that is used, caches included')
    .action(async () => {
      const stack = await describeStack(places());
      const { output } = context;
      if (output.json) return output.data(stack, '');
      output.say(runs(stack));
      for (const guest of stack.guests) output.say(runsInside(guest));
      for (const { what, address } of stack.addresses) output.say(`${what.padEnd('Temporal UI'.length)}   ${address}`);
      output.list(
        [stack, ...stack.guests].flatMap(({ servers, ...of }) =>
          servers.map((server) => ({ ...server, of: 'whose' in of ? of.whose : 'npm start' })),
        ),
        [
          { title: 'of', value: ({ of }) => of },
          { title: 'server', value: ({ name }) => name },
          { title: 'process', value: ({ pid }) => pid },
          { title: 'port', value: ({ port }) => port },
          { title: 'log', value: ({ logFile }) => logFile },
        ],
        'No server runs.',
      );
      output.list(
        stack.paths,
        [
          { title: 'path', value: ({ path }) => path },
          { title: 'what', value: ({ what }) => what },
          {
            title: 'MB',
            value: ({ bytes }) => (bytes === undefined ? null : (bytes / 1e6).toFixed(1)),
            align: 'right',
          },
          { title: 'removed by', value: ({ removedBy }) => removedBy },
        ],
        'Nothing is kept.',
      );
    });
  examples(status, ['psa-sync dev status --json', 'the same for a script']);
}

function runs({ holder, servers }: StackDescription): string {
  if (holder) return `Running since ${holder.since}, process ${holder.pid}.`;
  if (servers.length === 0) return 'Not running.';
  return 'A start was killed and left servers behind: `npm start` goes on with them, `psa-sync dev down` ends them.';
}

function runsInside({ whose, holder, root }: RunningGuest): string {
  const who = { tests: 'Tests', bench: 'A bench' }[whose];
  if (holder) return `${who} in ${root}: running since ${holder.since}, process ${holder.pid}.`;
  return `${who} in ${root}: killed, and left servers behind, which \`psa-sync dev down\` ends.`;
}

async function untilAborted(signal: AbortSignal, say: (text: string) => void): Promise<void> {
  if (!signal.aborted)
    await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
  say('Stopping…');
}

/** What is ours to remove is removed by a command of ours. */
const wordsOf = (removedBy: string): string =>
  removedBy.startsWith('reset') ? `psa-sync dev ${removedBy}` : removedBy;
