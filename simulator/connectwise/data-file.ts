import { appendFileSync, existsSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import { COLLECTION_NAMES } from './schema/collection-name.ts';
import { COLLECTIONS } from './schema/collections.ts';
import { referredId } from './store/row.ts';
import type { Change, Store } from './store/store.ts';

const info = z.object({
  lastUpdated: z.string(),
  updatedBy: z.string(),
  dateEntered: z.string(),
  enteredBy: z.string(),
});
const headerSchema = z.object({ psa: z.literal('connectwise'), size: z.number(), seed: z.number() });
const collection = z.enum(COLLECTION_NAMES);
const changeSchema = z.union([
  z.object({ in: collection, row: z.looseObject({ id: z.number(), _info: info }) }),
  z.object({ in: collection, gone: z.number() }),
]);

interface Header {
  readonly psa: 'connectwise';
  readonly size: number;
  readonly seed: number;
}

/** A row with its references cut down to ids: names are looked up again when it is replayed. */
function compact(change: Change): unknown {
  if ('gone' in change) return { in: change.in, gone: change.gone.id };
  const { fields } = COLLECTIONS[change.in];
  const row: Record<string, unknown> = { ...change.row };
  for (const [name, { kind }] of Object.entries(fields)) {
    const id = kind === 'reference' ? referredId(row[name]) : undefined;
    if (id !== undefined) row[name] = { id };
  }
  return { in: change.in, row };
}

/** Keeps every change of a store in a file of JSON lines, and brings them back at the next start. */
export class DataFile {
  readonly #file: string;
  readonly #header: Header;

  constructor(file: string, size: number, seed: number) {
    this.#file = file;
    this.#header = { psa: 'connectwise', size, seed };
  }

  /** Replays the file onto seeded data, then records what follows. Throws if the file belongs to other data. */
  attach(store: Store): void {
    if (existsSync(this.#file)) this.#replay(store);
    else this.#begin();
    store.listen((change) => appendFileSync(this.#file, `${JSON.stringify(compact(change))}\n`));
  }

  /** Forgets all changes. */
  clear(): void {
    this.#begin();
  }

  #begin(): void {
    writeFileSync(this.#file, `${JSON.stringify(this.#header)}\n`);
  }

  #replay(store: Store): void {
    const text = readFileSync(this.#file, 'utf8');
    // A process that was killed while it wrote leaves half a line behind.
    const whole = text.slice(0, text.lastIndexOf('\n') + 1);
    if (whole.length < text.length) truncateSync(this.#file, Buffer.byteLength(whole));
    const [header, ...lines] = whole.split('\n').filter(Boolean);
    this.#checkHeader(header);
    for (const [at, line] of lines.entries()) {
      const parsed = changeSchema.safeParse(parseLine(line));
      if (!parsed.success)
        throw new Error(`${this.#file}, line ${at + 2}: this is not a change. Mend or remove the file.`);
      apply(store, parsed.data);
    }
  }

  #checkHeader(line: string | undefined): void {
    const parsed = headerSchema.safeParse(parseLine(line ?? ''));
    if (!parsed.success) {
      throw new Error(`${this.#file} is not a simulator's data file. Choose another with --data, or remove it.`);
    }
    const { size, seed } = parsed.data;
    if (size === this.#header.size && seed === this.#header.seed) return;
    throw new Error(
      `${this.#file} holds changes of --size ${size} --seed ${seed}, not of --size ${this.#header.size} --seed ` +
        `${this.#header.seed}. Start with the same numbers, or choose another file.`,
    );
  }
}

function parseLine(line: string): unknown {
  try {
    return JSON.parse(line) as unknown;
  } catch {
    return undefined;
  }
}

function apply(store: Store, change: z.output<typeof changeSchema>): void {
  if ('row' in change) {
    store.put(change.in, change.row);
    return;
  }
  const row = store.get(change.in, change.gone);
  if (row) store.remove(change.in, row);
}
