import type { Report } from '../../../../cli/dev/report.ts';

/** Keeps what a person would read. */
export function recordingReport(): Report & { lines: string[]; progressed: string[] } {
  const lines: string[] = [];
  const progressed: string[] = [];
  return { lines, progressed, line: (text) => lines.push(text), progress: (text) => progressed.push(text) };
}
