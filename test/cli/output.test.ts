import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { createOutput, type Column } from '../../cli/output.ts';
import { text } from './support.ts';

interface Row {
  readonly id: bigint;
  readonly name: string | null;
  readonly done: boolean;
}

const COLUMNS: Column<Row>[] = [
  { title: 'id', value: ({ id }) => Number(id), align: 'right' },
  { title: 'name', value: ({ name }) => name },
];
const ROWS: Row[] = [
  { id: 7n, name: 'Ada & Co', done: true },
  { id: 1234n, name: null, done: false },
];

function outputOf(
  use: (output: ReturnType<typeof createOutput>) => void,
  json = false,
): { stdout: string; stderr: string } {
  const streams = { stdout: new PassThrough(), stderr: new PassThrough() };
  const plain = (_style: string, words: string): string => words;
  use(createOutput({ ...streams, json, paint: { stdout: plain, stderr: plain } }));
  return { stdout: text(streams.stdout), stderr: text(streams.stderr) };
}

describe('a list', () => {
  it('is a table with aligned columns and no lines', () => {
    const { stdout } = outputOf((output) => output.list(ROWS, COLUMNS, 'none'));
    expect(stdout).toBe('  ID  NAME\n   7  Ada & Co\n1234  -\n');
  });

  it('is, as JSON, everything that a row holds, ids as numbers', () => {
    const { stdout } = outputOf((output) => output.list(ROWS, COLUMNS, 'none'), true);
    expect(JSON.parse(stdout)).toEqual([
      { id: 7, name: 'Ada & Co', done: true },
      { id: 1234, name: null, done: false },
    ]);
  });

  it('says on stderr what to do about an empty one, and stays JSON with --json', () => {
    expect(outputOf((output) => output.list([], COLUMNS, 'No tenant yet.'))).toEqual({
      stdout: '',
      stderr: 'No tenant yet.\n',
    });
    expect(outputOf((output) => output.list([], COLUMNS, 'No tenant yet.'), true)).toEqual({
      stdout: '[]\n',
      stderr: '',
    });
  });

  it('shows no control characters that a name from a PSA brings along', () => {
    const rows = [{ id: 1n, name: 'a\u001b[2Jb\rc\u202ed\u0007', done: true }];
    const { stdout } = outputOf((output) => output.list(rows, COLUMNS, 'none'));
    expect(stdout).toBe('ID  NAME\n 1  ab c d\n');
  });
});

describe('one thing', () => {
  it('is shown fact by fact, or whole as JSON', () => {
    const facts = [
      ['name', 'Ada & Co'],
      ['since', new Date('2026-01-02T03:04:05.678Z')],
      ['done', true],
    ] as const;
    expect(outputOf((output) => output.view(ROWS[0], facts)).stdout).toBe(
      'name   Ada & Co\nsince  2026-01-02T03:04:05Z\ndone   yes\n',
    );
    expect(JSON.parse(outputOf((output) => output.view(ROWS[0], facts), true).stdout)).toEqual({
      id: 7,
      name: 'Ada & Co',
      done: true,
    });
  });
});

describe('words', () => {
  it('never mix with the data', () => {
    const said = outputOf((output) => {
      output.say('Looking ...');
      output.warn('old');
      output.data({ url: 'http://x' }, 'http://x');
    });
    expect(said).toEqual({ stdout: 'http://x\n', stderr: 'Looking ...\nwarning: old\n' });
  });
});

describe('ids in JSON', () => {
  const shown = (thing: object): unknown => JSON.parse(outputOf((output) => output.view(thing, []), true).stdout);

  it('are numbers where they are ours, as those of IT Glue are, alone and in lists', () => {
    expect(shown({ id: '12', recordId: '491', runId: null, candidateIds: ['7', '8'] })).toEqual({
      id: 12,
      recordId: 491,
      runId: null,
      candidateIds: [7, 8],
    });
  });

  it("stay texts where they are the PSA's, Temporal's, or too large for a number", () => {
    const texts = { psaId: '19004', workflowRunId: '0190', id: '12345678901234567890', recordId: '7-12' };
    expect(shown(texts)).toEqual(texts);
  });
});
