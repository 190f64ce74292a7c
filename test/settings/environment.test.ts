import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { STACK_ENV_FILE, readEnvironment, secretValues } from '../../settings/environment.ts';

const dataDir = mkdtempSync(join(tmpdir(), 'psa-sync-stack-'));
writeFileSync(
  join(dataDir, STACK_ENV_FILE),
  'DATABASE_URL=postgres://me:pa%20ss@localhost:1/x\nTEMPORAL_ADDRESS=localhost:2\nPSA_SYNC_TENANT=demo\n',
);
afterAll(() => rmSync(dataDir, { recursive: true }));

describe('a second terminal beside `npm start`', () => {
  it('finds what runs there, and keeps what is set by hand', () => {
    expect(readEnvironment({ PSA_SYNC_DATA_DIR: dataDir, PSA_SYNC_TENANT: 'mine', NO_COLOR: '' })).toMatchObject({
      TEMPORAL_ADDRESS: 'localhost:2',
      PSA_SYNC_TENANT: 'mine',
    });
  });

  it.each([{ DATABASE_URL: 'postgres://elsewhere/x' }, { TEMPORAL_ADDRESS: 'elsewhere:7233' }])(
    'never mixes it with another installation (%o)',
    (own) => {
      const environment = { PSA_SYNC_DATA_DIR: dataDir, ...own };
      expect(readEnvironment(environment)).toEqual(environment);
    },
  );

  it('finds nothing where nothing runs', () => {
    const environment = { PSA_SYNC_DATA_DIR: join(dataDir, 'none') };
    expect(readEnvironment(environment)).toEqual(environment);
  });
});

describe('secret values', () => {
  it('are the secret settings, and the password inside an address as it would be typed', () => {
    const environment = {
      DATABASE_URL: 'postgres://me:pa%20ss@localhost:1/x',
      TEMPORAL_API_KEY: 'abc',
      PSA_SYNC_TENANT: 'demo',
    };
    expect(secretValues(environment)).toEqual(['postgres://me:pa%20ss@localhost:1/x', 'pa ss', 'abc']);
  });
});
