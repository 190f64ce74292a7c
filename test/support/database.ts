import { hash, randomBytes } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import postgres from 'postgres';
import { inject } from 'vitest';
import { type Database, openDatabase } from '../../db/database.ts';
import { migrateDatabase } from '../../db/migrate.ts';
import { atEnd } from './at-end.ts';

/** Any number: held while the template is made. */
const LOCK = 4_711_001;

/** Named by what it was made from, so that a changed migration makes a new one. */
const TEMPLATE = `psa_sync_template_${migrationsHash()}`;

export interface TestDatabase {
  readonly database: Database;
  /** Of the owner, for looking at what row-level security hides. */
  readonly ownerUrl: string;
}

/** A database of this test file's own, migrated; dropped at its end. */
export async function testDatabase(): Promise<TestDatabase> {
  const server = inject('databaseUrl');
  const admin = postgres(server, { max: 1, onnotice: () => undefined });
  const name = `test_${randomBytes(6).toString('hex')}`;
  await admin`select pg_advisory_lock(${LOCK})`;
  const [template] = await admin`select from pg_database where datname = ${TEMPLATE}`;
  if (!template) {
    await admin.unsafe(`create database ${TEMPLATE}_new`);
    await migrateDatabase(withDatabase(server, `${TEMPLATE}_new`));
    await admin.unsafe(`alter database ${TEMPLATE}_new rename to ${TEMPLATE}`);
  }
  await admin.unsafe(`create database ${name} template ${TEMPLATE}`);
  await admin`select pg_advisory_unlock(${LOCK})`;
  const ownerUrl = withDatabase(server, name);
  const database = openDatabase({ url: ownerUrl, poolSize: 10, applicationName: 'psa-sync-test' });
  atEnd(async () => {
    await database.close();
    await admin.unsafe(`drop database ${name} with (force)`);
    await admin.end();
  });
  return { database, ownerUrl };
}

function withDatabase(url: string, name: string): string {
  const changed = new URL(url);
  changed.pathname = `/${name}`;
  return changed.href;
}

function migrationsHash(): string {
  const folder = new URL('../../db/migrations/', import.meta.url);
  const scripts = readdirSync(folder).filter((name) => name.endsWith('.sql'));
  return hash('sha1', scripts.map((name) => readFileSync(new URL(name, folder), 'utf8')).join('\n')).slice(0, 12);
}
