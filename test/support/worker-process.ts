import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { inject } from 'vitest';
import { connectTemporal } from '../../client/temporal/connect.ts';
import { prepareTemporal } from '../../client/temporal/prepare.ts';
import { atEnd } from './at-end.ts';
import { testDatabase } from './database.ts';
import type { TestWorker } from './sync.ts';
import { TEST_KEYS } from './tenant.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** A database and a namespace of this test file's own, and nobody who works at what is started there. */
export async function testWithoutWorker(address = inject('temporalAddress')): Promise<TestWorker> {
  const { database, ownerUrl } = await testDatabase();
  const namespace = `test-${randomBytes(6).toString('hex')}`;
  const client = await connectTemporal({ address, namespace });
  await prepareTemporal(client, { housekeepingSeconds: 3600, retentionDays: 1 });
  atEnd(() => client.connection.close());
  return { database, ownerUrl, client, namespace };
}

/** A worker, or the API, as it runs in production, in a process of its own that can be killed; it ends with the test file at the latest. */
export class WorkerProcess {
  readonly #child: ChildProcess;
  readonly #ended: Promise<unknown>;
  #output = '';

  constructor(
    { ownerUrl, namespace }: Pick<TestWorker, 'ownerUrl' | 'namespace'>,
    settings: Record<string, string>,
    part: 'worker' | 'api' = 'worker',
  ) {
    const [{ id, key }] = TEST_KEYS;
    this.#child = spawn(process.execPath, ['tools/psa-sync.mjs', 'serve', part], {
      cwd: ROOT,
      env: {
        PATH: process.env['PATH'],
        DATABASE_URL: ownerUrl,
        TEMPORAL_ADDRESS: inject('temporalAddress'),
        TEMPORAL_NAMESPACE: namespace,
        PSA_SYNC_MASTER_KEYS: `${id}:${key.export().toString('base64')}`,
        PSA_SYNC_ALLOW_PRIVATE_ADDRESSES: 'true',
        ...settings,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    for (const stream of [this.#child.stdout, this.#child.stderr])
      stream?.on('data', (piece: Buffer) => (this.#output += piece.toString()));
    this.#ended = once(this.#child, 'exit');
    atEnd(() => this.kill());
  }

  /** Fails as soon as it ends, with what it wrote; race what must not outlast it against this. */
  async ends(): Promise<never> {
    await this.#ended;
    throw new Error(`the worker process ended: ${this.#output}`);
  }

  /** What it has written so far. */
  get output(): string {
    return this.#output;
  }

  /** The power cut: no clean-up, no last word. */
  async kill(): Promise<void> {
    this.#child.kill('SIGKILL');
    await this.#ended;
  }

  /** Stops the clock for it, as a suspended machine does, and lets it go on. */
  freeze(): void {
    this.#child.kill('SIGSTOP');
  }

  thaw(): void {
    this.#child.kill('SIGCONT');
  }

  /** As an operator ends it; answers its exit code. */
  async stop(): Promise<number | null> {
    this.#child.kill('SIGTERM');
    await this.#ended;
    return this.#child.exitCode;
  }
}
