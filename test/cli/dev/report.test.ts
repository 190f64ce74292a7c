import { Writable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { terminalReport } from '../../../cli/dev/report.ts';

function stream(terminal: { columns: number } | undefined): { stream: NodeJS.WriteStream; written: string[] } {
  const written: string[] = [];
  const sink = new Writable({
    write(chunk: Buffer, _encoding, done) {
      written.push(chunk.toString());
      done();
    },
  });
  const isTTY = terminal !== undefined;
  return { stream: Object.assign(sink, { isTTY, ...terminal }) as unknown as NodeJS.WriteStream, written };
}

describe('what the stack says', () => {
  it('on a terminal replaces one progress text by the next, cut to the width, and keeps lines', () => {
    const { stream: terminal, written } = stream({ columns: 11 });
    const report = terminalReport(terminal);
    report.progress('building 1 of 3');
    report.progress('done');
    report.line('built');
    report.line('ready');
    expect(written).toEqual(['\r\u001b[2Kbuilding 1', '\r\u001b[2Kdone', '\r\u001b[2Kbuilt\n', 'ready\n']);
  });

  it('elsewhere is plain lines, without a flood of progress', () => {
    const { stream: file, written } = stream(undefined);
    const report = terminalReport(file);
    for (let step = 0; step < 100; step++) report.progress(`step ${step}`);
    report.line('ready');
    expect(written).toEqual(['step 0\n', 'ready\n']);
  });
});
