import type { Output } from '../output.ts';
import { demoAdapter } from '../../psa/registry.ts';
import type { PushedEdit } from './push-one-edit.ts';
import type { Demo } from './run-demo.ts';

/** What the demo did and where to look; and, if it stays up, what to try next. */
export function sayDemo(demo: Demo, output: Output, { staysUp }: { staysUp: boolean }): void {
  const { run, runPage, simulatorUrl, api, edit } = demo;
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
  if (edit) output.say(editInWords(edit));
  output.say('');
  if (runPage !== undefined) output.say(`Temporal UI   ${runPage}`);
  output.say(`Simulator     ${simulatorUrl}/__simulator/`);
  output.say(`HTTP API      ${api.url}`);
  output.say('');
  if (!staysUp) return output.say('Stopping all of it. `npm start` goes on with the data and leaves it running.');
  output.say('Three things to try in another terminal:');
  for (const [line, does] of nextSteps(demo)) output.say(`  ${line}\n      ${does}`);
}

function editInWords({ name, recordId, title, state, ms }: PushedEdit): string {
  const outcome = state === 'pushed' ? `${demoAdapter.title} had it ${Math.round(ms)} ms later` : state;
  return `Two-way sync is on. Over the API, ${name} (record ${recordId}) became "${title}": ${outcome}.`;
}

function nextSteps({ run, simulatorUrl, api, edit }: Demo): (readonly [string, string])[] {
  const change = '{"data":{"type":"contacts","attributes":{"title":"Your title"}}}';
  return [
    [
      `curl -X PATCH ${api.url}/contacts/${edit?.recordId ?? '<id>'} -H 'x-api-key: ${api.key}' -H 'content-type: application/vnd.api+json' -d '${change}'`,
      'edit a contact over the API, as a script written for IT Glue would; `npx psa-sync push list` shows it on its way',
    ],
    [
      `curl -X POST ${simulatorUrl}/__simulator/mutate -d '{"seed":1,"insert":5,"change":20,"delete":2}' && npx psa-sync sync start --watch`,
      'change the PSA, then watch a sync bring it over',
    ],
    ['npx psa-sync attention', `all that waits for a person; \`npx psa-sync run view ${run.id}\` shows this run`],
  ];
}
