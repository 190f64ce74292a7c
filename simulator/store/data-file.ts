import { appendFileSync, existsSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import { parseJson } from '../parse-json.ts';
import type { StoredRow } from './collection.ts';
import type { Change, Store } from './store.ts';

/** Whose data a file keeps, and what is kept of a row. */
export interface DataFileOptions<Name extends string, Row extends StoredRow> {
  readonly psa: string;
  readonly size: number;
  readonly seed: number;
  /** What a row must have to be read back; default: a number as `id`. */
  readonly row?: z.ZodType<Row>;
  /** The row as it is written, e.g. with its references cut down to ids; default: as it is. */
  readonly compact?: (name: Name, row: Row) => unknown;
}

const headerSchema = z.object({ psa: z.string(), size: z.number(), seed: z.number() });

/** Keeps every change of a store in a file of JSON lines, and brings them back at the next start. */
export class DataFile<Name extends string, Row extends StoredRow> {
  readonly #file: string;
  readonly #options: DataFileOptions<Name, Row>;

  constructor(file: string, options: DataFileOptions<Name, Row>) {
    this.#file = file;
    this.#options = options;
  }

  /** Replays the file onto seeded data, then records what follows. Throws if the file belongs to other data. */
  attach(store: Pick<Store<Name, Row>, 'names' | 'get' | 'put' | 'remove' | 'listen'>): void {
    if (existsSync(this.#file)) this.#replay(store);
    else this.#begin();
    store.listen((change) => appendFileSync(this.#file, `${JSON.stringify(this.#line(change))}\n`));
  }

  /** Forgets all changes. */
  clear(): void {
    this.#begin();
  }

  #line(change: Change<Name, Row>): unknown {
    if ('gone' in change) return { in: change.in, gone: change.gone.id };
    const { compact } = this.#options;
    return { in: change.in, row: compact ? compact(change.in, change.row) : change.row };
  }

  #begin(): void {
    const { psa, size, seed } = this.#options;
    writeFileSync(this.#file, `${JSON.stringify({ psa, size, seed })}\n`);
  }

  #replay(store: Pick<Store<Name, Row>, 'names' | 'get' | 'put' | 'remove'>): void {
    const text = readFileSync(this.#file, 'utf8');
    // A process that was killed while it wrote leaves half a line behind.
    const whole = text.slice(0, text.lastIndexOf('\n') + 1);
    if (whole.length < text.length) truncateSync(this.#file, Buffer.byteLength(whole));
    const [header, ...lines] = whole.split('\n').filter(Boolean);
    this.#checkHeader(header);
    const collection = z.enum(store.names as [Name, ...Name[]]);
    const row = this.#options.row ?? (z.looseObject({ id: z.number() }) as unknown as z.ZodType<Row>);
    const changed = z.object({ in: collection, row });
    const removed = z.object({ in: collection, gone: z.number() });
    for (const [at, line] of lines.entries()) {
      const json = parseJson(line);
      const change = changed.safeParse(json);
      const removal = removed.safeParse(json);
      if (change.success) store.put(change.data.in, change.data.row);
      else if (removal.success) {
        const gone = store.get(removal.data.in, removal.data.gone);
        if (gone) store.remove(removal.data.in, gone);
      } else throw new Error(`${this.#file}, line ${at + 2}: this is not a change. Mend or remove the file.`);
    }
  }

  #checkHeader(line: string | undefined): void {
    const wanted = this.#options;
    const parsed = headerSchema.safeParse(parseJson(line ?? ''));
    if (!parsed.success || parsed.data.psa !== wanted.psa) {
      const whose = parsed.success ? `belongs to a simulated ${parsed.data.psa}` : "is not a simulator's data file";
      throw new Error(`${this.#file} ${whose}. Choose another with --data, or remove it.`);
    }
    const { size, seed } = parsed.data;
    if (size === wanted.size && seed === wanted.seed) return;
    throw new Error(
      `${this.#file} holds changes of --size ${size} --seed ${seed}, not of --size ${wanted.size} --seed ` +
        `${wanted.seed}. Start with the same numbers, or choose another file.`,
    );
  }
}
