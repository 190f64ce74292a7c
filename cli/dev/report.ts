/** Where the stack says what it does. A `progress` text replaces the one before it; a `line` stays. */
export interface Report {
  readonly line: (text: string) => void;
  readonly progress: (text: string) => void;
}

/** Without a terminal nothing can be rewritten, so progress is then a plain line every so often. */
const PLAIN_PROGRESS_EVERY_MS = 15_000;
const ERASE_LINE = '\r\u001b[2K';

export function terminalReport(stream: NodeJS.WriteStream): Report {
  return stream.isTTY ? rewritingReport(stream) : plainReport(stream);
}

function rewritingReport(stream: NodeJS.WriteStream): Report {
  let open = false;
  return {
    line(text) {
      stream.write(`${open ? ERASE_LINE : ''}${text}\n`);
      open = false;
    },
    progress(text) {
      // A line longer than the terminal wraps, and a wrapped line can't be rewritten.
      stream.write(`${ERASE_LINE}${text.slice(0, (stream.columns || 80) - 1)}`);
      open = true;
    },
  };
}

function plainReport(stream: NodeJS.WritableStream): Report {
  let lastAt = 0;
  return {
    line: (text) => void stream.write(`${text}\n`),
    progress(text) {
      if (Date.now() - lastAt < PLAIN_PROGRESS_EVERY_MS) return;
      lastAt = Date.now();
      stream.write(`${text}\n`);
    },
  };
}
