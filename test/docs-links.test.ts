import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { PassThrough } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { type Command, CommanderError } from 'commander';
import { describe, expect, it } from 'vitest';
import { createProgram } from '../cli/program.ts';

const ROOT = new URL('../', import.meta.url);
const PAGES = [
  ...['README.md', 'CONTRIBUTING.md', 'SECURITY.md', 'CHANGELOG.md'],
  ...readdirSync(new URL('docs/', ROOT), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.md'))
    .map((file) => `docs/${file}`),
];

const textOf = (page: URL): string => readFileSync(page, 'utf8');
const FENCE = /^( *)```.*\n([\s\S]*?)^\1```/gm;

describe.each(PAGES)('%s', (name) => {
  const page = new URL(name, ROOT);
  const text = textOf(page);

  it('links only to pages, headings and pictures that are there', () => {
    const links = [...text.replace(FENCE, '').matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = '']) => target);
    expect(links.filter((target) => !/^(https?|mailto):/.test(target) && !isThere(page, target))).toEqual([]);
  });

  it('shows only commands that there are, with options that they have', async () => {
    const problems: string[] = [];
    for (const line of commandLines(text)) {
      const problem = await problemOf(line);
      if (problem !== null) problems.push(`${line.text}: ${problem}`);
    }
    expect(problems).toEqual([]);
  });
});

describe('these checks', () => {
  it('notice a command that is not there, and an option that it does not have', async () => {
    const lines = commandLines('Try `psa-sync run lost`.\n\n```sh\nnpx psa-sync run view 7 --lost # look\n```\n');
    const problems = await Promise.all(lines.map(problemOf));
    expect(problems).toEqual([expect.stringContaining('--lost'), expect.stringContaining("'run'")]);
  });

  it('notice a page, a heading and a picture that are not there', () => {
    const here = new URL('docs/README.md', ROOT);
    expect(
      ['lost.md', 'glossary.md#lost', 'images/lost.png', 'glossary.md#things'].map((to) => isThere(here, to)),
    ).toEqual([false, false, false, true]);
  });
});

function isThere(page: URL, target: string): boolean {
  const url = new URL(target, page);
  const anchor = decodeURIComponent(url.hash.slice(1));
  url.hash = '';
  if (!existsSync(fileURLToPath(url))) return false;
  return anchor === '' || headings(textOf(url)).includes(anchor);
}

/** As GitHub names them for links. */
function headings(text: string): string[] {
  return [...text.replace(FENCE, '').matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );
}

interface CommandLine {
  /** What follows `psa-sync`. */
  readonly text: string;
  /** From a block to copy; what stands in a sentence may leave its arguments out, or name them <like this>. */
  readonly whole: boolean;
}

/** The service `cli` of docker-compose.yml is the command too. */
const COMMAND = /^ *(?:\$ )?(?:[A-Z_]+=\S+ )*(?:npx )?(?:psa-sync|docker compose --profile cli run --rm cli) (.+)$/;

function commandLines(text: string): CommandLine[] {
  const lines = [...text.matchAll(FENCE)].flatMap(([, , block = '']) => block.split(/\n| && /));
  const words = [...text.replace(FENCE, '').matchAll(/`psa-sync ([^`]+)`/g)].map(([, word = '']) => word);
  return [
    ...lines.flatMap((line) => COMMAND.exec(line)?.[1] ?? []).map((line) => ({ text: line, whole: true })),
    ...words.map((word) => ({ text: word.replaceAll(/<[^>]+>/g, '1').replace(/\.\.\.$/, ''), whole: false })),
  ];
}

/** Whether the command line would take it; null if so. Nothing is carried out. */
async function problemOf({ text, whole }: CommandLine): Promise<string | null> {
  const silent = { stdin: new PassThrough(), stdout: new PassThrough(), stderr: new PassThrough() };
  const { signal } = new AbortController();
  const program = createProgram({ terminal: silent, environment: {}, signal, argv: [], endWith: () => undefined });
  doNothing(program);
  try {
    await program.parseAsync(split(text), { from: 'user' });
    return null;
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    const bearable = ['commander.help', 'commander.missingArgument', 'commander.missingMandatoryOptionValue'];
    if (error.exitCode === 0 || (!whole && bearable.includes(error.code))) return null;
    return error.message;
  }
}

function doNothing({ commands }: Command): void {
  for (const command of commands) doNothing(command.action(() => undefined));
}

/** Words as a shell sees them, up to a pipe, a redirection or a comment. */
function split(line: string): string[] {
  const [command = ''] = line.split(/ (?:[|<>#]|\d?>) ?/);
  return [...command.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? '');
}
