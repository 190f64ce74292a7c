import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { getTableColumns } from 'drizzle-orm';
import type { PgTable } from 'drizzle-orm/pg-core';
import { describe, expect, it } from 'vitest';
import { RECORD_TABLES } from '../../db/record-tables.ts';
import * as schema from '../../db/schema/index.ts';
import { type Kind, KINDS } from '../../domain/kinds.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

const TABLES: Readonly<Record<Kind, PgTable>> = {
  organization: schema.organizations,
  location: schema.locations,
  contact: schema.contacts,
  configuration: schema.configurations,
};

/** Columns that record tables have besides their fields. */
const COMMON = ['id', 'tenant_id', 'match_key', 'address_key', 'origin', 'version', 'created_at', 'updated_at'];

describe('the schema', () => {
  it.each(KINDS)('has a column for every field of a %s, of the type that writes expect', (kind) => {
    const columns = Object.values(getTableColumns(TABLES[kind])).map((column) => [column.name, column.getSQLType()]);
    const expected = RECORD_TABLES[kind].columns.map(({ column, type }) => [column, type]);
    expect(columns.filter(([name]) => !COMMON.includes(name ?? '')).sort()).toEqual(expected.sort());
  });

  it('is what the migrations lead to', () => {
    const folder = mkdtempSync(join(tmpdir(), 'psa-sync-migrations-'));
    try {
      cpSync(join(ROOT, 'db/migrations'), folder, { recursive: true });
      const config = join(folder, 'drizzle.config.json');
      writeFileSync(
        config,
        JSON.stringify({ dialect: 'postgresql', schema: './db/schema/index.ts', out: relative(ROOT, folder) }),
      );
      const before = readdirSync(folder);
      execFileSync(process.execPath, ['node_modules/drizzle-kit/bin.cjs', 'generate', '--config', config], {
        cwd: ROOT,
      });
      expect(readdirSync(folder), 'run `npx drizzle-kit generate --name <what-changes>`').toEqual(before);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
