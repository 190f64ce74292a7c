import type { Readable, Writable } from 'node:stream';

/** The three streams of a command; real ones in `main`, memory in tests. */
export interface Terminal {
  readonly stdin: Readable & { readonly isTTY?: boolean };
  readonly stdout: Screen;
  readonly stderr: Screen;
}

export type Screen = Writable & { readonly isTTY?: boolean; readonly columns?: number };

type Style = 'bold' | 'dim' | 'red' | 'yellow' | 'green';

/** Paints for one stream, or leaves a text as it is. */
export type Paint = (style: Style, text: string) => string;
