import fc from 'fast-check';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import { inspect } from 'node:util';
import { afterAll, describe, expect, it } from 'vitest';
import { loadSettings } from '../../settings/load-settings.ts';
import { SettingsError } from '../../settings/settings-error.ts';
import { ALL_SETTINGS } from '../../settings/settings.ts';

const KEY = Buffer.alloc(32, 7).toString('base64');
const OTHER_KEY = Buffer.alloc(32, 9).toString('base64');
const folder = mkdtempSync(join(tmpdir(), 'psa-sync-settings-'));
afterAll(() => rmSync(folder, { recursive: true }));

function problemsOf(environment: Record<string, string>): readonly string[] {
  try {
    loadSettings(environment);
  } catch (error) {
    if (error instanceof SettingsError) return error.problems;
    throw error;
  }
  return [];
}

describe('settings', () => {
  it('need no variable at all', () => {
    const settings = loadSettings({});
    expect(settings).toMatchObject({
      databasePool: 10,
      temporalNamespace: 'default',
      allowPrivateAddresses: false,
      logLevel: 'info',
    });
    expect(settings.databaseUrl).toBeUndefined();
    expect(isAbsolute(settings.dataDir)).toBe(true);
  });

  it('take a blank variable for an unset one, as compose files write them', () => {
    expect(loadSettings({ PSA_SYNC_HEALTH_PORT: ' ', DATABASE_URL: '' })).toEqual(loadSettings({}));
  });

  it('read every example and every default of the table', () => {
    for (const [, { env, example, default: standard, secret }] of ALL_SETTINGS) {
      expect(example ?? standard ?? secret, `${env} has neither a default nor an example`).toBeTruthy();
      // Files and pairs of settings have tests of their own below.
      const alone = !/_FILE$|TLS_CLIENT/.test(env);
      for (const value of [example, standard].filter((given) => given !== undefined && alone)) {
        expect(problemsOf({ [env]: value ?? '' }), env).toEqual([]);
      }
    }
  });

  it('are refused all at once, each with its name, its reason and what would do', () => {
    const problems = problemsOf({
      PSA_SYNC_DATABASE_POOL: 'ten',
      TEMPORAL_ADDRESS: 'https://temporal',
      PSA_SYNC_HEALTH_PORT: '70000',
      NO_COLOR: '1',
    });
    expect(problems).toEqual([
      'PSA_SYNC_DATABASE_POOL is "ten": it must be a whole number from 1 to 200, such as 10',
      'TEMPORAL_ADDRESS is "https://temporal": it must be host:port, without https://, such as temporal.example.com:7233',
      'PSA_SYNC_HEALTH_PORT is "70000": it must be a whole number from 1 to 65535, such as 8401',
    ]);
  });

  it('never show a secret in an error, whatever is wrong with it', () => {
    const secrets = ALL_SETTINGS.filter(([, { secret }]) => secret).map(([, { env }]) => env);
    fc.assert(
      fc.property(fc.constantFrom(...secrets), fc.stringMatching(/^[a-z]{12,30}$/), (env, value) => {
        expect(problemsOf({ [env]: value }).join()).not.toContain(value);
      }),
    );
  });

  it('must fit together', () => {
    expect(problemsOf({ TEMPORAL_TLS_CLIENT_CERT_PATH: 'a.pem' })[0]).toContain('belong together');
    expect(problemsOf({ PSA_SYNC_RETRY_FIRST_SECONDS: '60', PSA_SYNC_RETRY_MAX_SECONDS: '5' })[0]).toContain(
      'is longer than',
    );
    expect(problemsOf({ PSA_SYNC_HEALTH_PORT: '9000', PSA_SYNC_METRICS_PORT: '9000' })[0]).toContain('both 9000');
  });

  it('take tenths of seconds, so that tests need not wait', () => {
    expect(loadSettings({ PSA_SYNC_BATCH_SECONDS: '0.2' }).batchSeconds).toBe(0.2);
  });
});

describe('a variable that is no setting', () => {
  function warnings(environment: Record<string, string>): string[] {
    const said: string[] = [];
    loadSettings(environment, (warning) => said.push(warning));
    return said;
  }

  it('is warned about with the name that was meant', () => {
    expect(warnings({ PSA_SYNC_LOG_LEVL: 'debug' })).toEqual([
      'PSA_SYNC_LOG_LEVL is no setting of psa-sync and is ignored; did you mean PSA_SYNC_LOG_LEVEL?',
    ]);
  });

  it('gets no suggestion when nothing is near', () => {
    expect(warnings({ PSA_SYNC_SOMETHING_ELSE_ALTOGETHER: '1' })[0]).toContain('docs/settings.md lists them');
  });

  it('is none of our business without our prefix', () => {
    expect(warnings({ PATH: '/bin', DATABASE_ULR: 'x' })).toEqual([]);
  });
});

describe('master keys', () => {
  const ids = (environment: Record<string, string>) => loadSettings(environment).masterKeys?.map(({ id }) => id);

  it('come in order: the first seals, all open', () => {
    expect(ids({ PSA_SYNC_MASTER_KEYS: `new:${KEY}, old:${OTHER_KEY}` })).toEqual(['new', 'old']);
  });

  it('come from a file, a line each', () => {
    const file = join(folder, 'keys');
    writeFileSync(file, `new:${KEY}\nold:${OTHER_KEY}\n`);
    expect(ids({ PSA_SYNC_MASTER_KEYS_FILE: file })).toEqual(['new', 'old']);
    expect(problemsOf({ PSA_SYNC_MASTER_KEYS_FILE: file, PSA_SYNC_MASTER_KEYS: `k:${KEY}` })[0]).toContain('both set');
  });

  it('show no bytes when settings are logged', () => {
    expect(inspect(loadSettings({ PSA_SYNC_MASTER_KEYS: `k1:${KEY}` }), { depth: 9 })).not.toContain(KEY.slice(0, 12));
    expect(JSON.stringify(loadSettings({ PSA_SYNC_MASTER_KEYS: `k1:${KEY}` }).masterKeys)).toBe(
      '[{"id":"k1","key":{}}]',
    );
  });

  it.each([
    ['a key that is too short', `k1:${Buffer.alloc(16).toString('base64')}`, 'number 1 is not of that form'],
    ['a key without an id', KEY, 'number 1 is not of that form'],
    ['an id that comes twice', `k1:${KEY},k1:${OTHER_KEY}`, 'k1 is there twice'],
    ['nothing but commas', ',,', 'must be id:key pairs'],
  ])('are refused for %s', (_what, keys, reason) => {
    expect(problemsOf({ PSA_SYNC_MASTER_KEYS: keys })[0]).toContain(reason);
  });

  it('are refused when their file cannot be read', () => {
    expect(problemsOf({ PSA_SYNC_MASTER_KEYS_FILE: join(folder, 'none') })[0]).toContain('cannot be read');
  });
});
