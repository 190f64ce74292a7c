import type { Command } from 'commander';
import { type Attention, type AttentionItem, listAttention } from '../../db/attention/list-attention.ts';
import type { CliContext } from '../context.ts';
import { plural } from '../durations.ts';
import { examples } from '../help.ts';
import { withTenantServices } from '../services.ts';

interface AttentionWords {
  readonly text: (item: AttentionItem) => string;
  /** What settles it. */
  readonly command: (item: AttentionItem) => string;
}

const of = ({ count, kind }: AttentionItem): string => plural(count, kind ?? 'record');

const WORDS: Readonly<Record<Attention, AttentionWords>> = {
  credentials: {
    text: () => 'the PSA refuses the stored credentials',
    command: ({ integration }) => `integration update ${integration} --credentials`,
  },
  failed_run: {
    text: ({ id, detail }) => `run ${id} failed: ${detail ?? 'no reason was kept'}`,
    command: ({ id }) => `run view ${id}`,
  },
  orphans: {
    text: (item) => `a sweep would orphan ${of(item)} and waits for approval`,
    command: ({ id }) => `orphan approve ${id}`,
  },
  approved_orphans: {
    text: (item) => `the approved sweep of ${of(item)} is not done yet`,
    command: ({ id }) => `orphan approve ${id}`,
  },
  failed_push: {
    text: (item) => `${of(item)} could not be pushed: ${item.detail}`,
    command: ({ count, id, kind }) => (count === 1 ? `push view ${id}` : `push list --state failed --kind ${kind}`),
  },
  unsettled_push: {
    text: (item) => `${of(item)} on the way to the PSA need a decision: ${item.detail}`,
    command: ({ count, id, kind }) => (count === 1 ? `push view ${id}` : `push list --state attention --kind ${kind}`),
  },
  waiting_push: {
    text: (item) => `${of(item)} wait for a record that is not on its way to the PSA`,
    command: ({ count, id, kind }) => (count === 1 ? `push view ${id}` : `push list --state waiting --kind ${kind}`),
  },
  review: {
    text: (item) => `${of(item)} could not be matched without a guess`,
    command: ({ count, id, kind }) => (count === 1 ? `review view ${id}` : `review list --kind ${kind}`),
  },
  reject: {
    text: (item) => `${plural(item.count, `${item.kind} reject`)}: what the PSA gave could not be read`,
    command: ({ count, id }) => (count === 1 ? `reject view ${id}` : 'reject list'),
  },
  paused: {
    text: () => 'the integration is paused',
    command: ({ integration }) => `integration resume ${integration}`,
  },
  blocked: {
    text: ({ detail }) => `the PSA asked for rest until ${detail}; it goes on by itself`,
    command: ({ integration }) => `integration view ${integration}`,
  },
};

/** One list of all that waits for a person. */
export function registerAttention(program: Command, context: CliContext): void {
  const command = program
    .command('attention')
    .description('list all that waits for a person, each with the command that settles it')
    .action(() => list(context));
  examples(
    command,
    ['psa-sync attention', 'the first thing to look at in the morning'],
    ['psa-sync attention --json', 'for a script that tells people'],
  );
}

async function list(context: CliContext): Promise<void> {
  const items = await withTenantServices(context, ({ query }) => query(listAttention));
  const listed = items.map((item) => ({
    ...item,
    text: WORDS[item.what].text(item),
    command: `psa-sync ${WORDS[item.what].command(item)}`,
  }));
  context.output.list(
    listed,
    [
      { title: 'integration', value: ({ integration }) => integration },
      { title: 'what waits', value: ({ text }) => text },
      { title: 'since', value: ({ since }) => since },
      { title: 'settle it with', value: ({ command }) => command },
    ],
    'Nothing waits for anybody.',
  );
}
