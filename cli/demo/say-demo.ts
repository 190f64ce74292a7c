import type { RunView } from '../../db/runs/read-run.ts';
import type { Output } from '../output.ts';
import type { Demo } from './run-demo.ts';

/** What the demo did and where to look; and, if it stays up, what to try next. */
export function sayDemo({ run, runPage, simulatorUrl }: Demo, output: Output, { staysUp }: { staysUp: boolean }): void {
  output.list(
    run.ranges,
    [
      { title: 'kind', value: ({ kind }) => `${kind}s` },
      { title: 'read', value: ({ counts }) => counts.read, align: 'right' },
      { title: 'created', value: ({ counts }) => counts.created, align: 'right' },
      { title: 'matched', value: ({ counts }) => counts.linked, align: 'right' },
      { title: 'updated', value: ({ counts }) => counts.updated, align: 'right' },
      { title: 'unchanged', value: ({ counts }) => counts.unchanged, align: 'right' },
      { title: 'outside', value: ({ counts }) => counts.outside, align: 'right' },
      { title: 'review', value: ({ counts }) => counts.review, align: 'right' },
      { title: 'rejected', value: ({ counts }) => counts.rejected, align: 'right' },
    ],
    'The run read nothing.',
  );
  for (const remark of run.remarks) output.warn(remark);
  output.say(`Run ${run.id}: ${run.state}${run.errorText === null ? '' : `, ${run.errorText}`}`);
  output.say('');
  if (runPage !== undefined) output.say(`Temporal UI   ${runPage}`);
  output.say(`Simulator     ${simulatorUrl}/__simulator/`);
  output.say('');
  if (!staysUp) return output.say('Stopping all of it. `npm start` goes on with the data and leaves it running.');
  output.say('Three things to try in another terminal:');
  for (const [line, does] of nextSteps(run, simulatorUrl)) output.say(`  ${line}\n      ${does}`);
}

function nextSteps(run: RunView, simulatorUrl: string): (readonly [string, string])[] {
  const reviewed = run.ranges.some(({ counts }) => counts.review > 0);
  return [
    [
      `curl -X POST ${simulatorUrl}/__simulator/mutate -d '{"seed":1,"insert":5,"change":20,"delete":2}' && npx psa-sync sync start --watch`,
      'change the PSA, then watch a sync bring it over',
    ],
    reviewed
      ? ['npx psa-sync review list', 'the records that wait for you, because matching them would have been a guess']
      : ['npx psa-sync attention', 'all that waits for a person'],
    [`npx psa-sync run view ${run.id}`, 'this run, with its counts'],
  ];
}
