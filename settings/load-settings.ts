import type { Environment } from './environment.ts';
import type { Setting } from './setting.ts';
import { ALL_SETTINGS, type SettingValues, type Settings } from './settings.ts';
import { SettingsError } from './settings-error.ts';
import { unknownNames } from './unknown-names.ts';

/** Settings that only make sense together; each says what is wrong, or nothing. */
const RULES: readonly ((values: SettingValues) => string | undefined)[] = [
  ({ temporalTlsClientCertPath, temporalTlsClientKeyPath }) =>
    (temporalTlsClientCertPath === undefined) === (temporalTlsClientKeyPath === undefined)
      ? undefined
      : 'TEMPORAL_TLS_CLIENT_CERT_PATH and TEMPORAL_TLS_CLIENT_KEY_PATH belong together: set both, or neither',
  ({ masterKeys, masterKeysFile }) =>
    masterKeys === undefined || masterKeysFile === undefined
      ? undefined
      : 'PSA_SYNC_MASTER_KEYS and PSA_SYNC_MASTER_KEYS_FILE are both set: keep one of them, with all keys in it',
  ({ retryFirstSeconds, retryMaxSeconds }) =>
    retryFirstSeconds <= retryMaxSeconds
      ? undefined
      : `PSA_SYNC_RETRY_FIRST_SECONDS (${retryFirstSeconds}) is longer than PSA_SYNC_RETRY_MAX_SECONDS (${retryMaxSeconds}): raise the second or lower the first`,
  ({ healthPort, metricsPort }) =>
    healthPort === undefined || healthPort !== metricsPort
      ? undefined
      : `PSA_SYNC_HEALTH_PORT and PSA_SYNC_METRICS_PORT are both ${healthPort}: give each a port of its own`,
];

/**
 * Reads the settings; a blank variable counts as unset. Throws one SettingsError that names every wrong variable.
 * `warn` hears of names that begin like ours and are none: most likely a typo, which would silently do nothing.
 */
export function loadSettings(environment: Environment, warn: (text: string) => void = () => undefined): Settings {
  unknownNames(environment).forEach(warn);
  const problems: string[] = [];
  const values: Record<string, unknown> = {};
  for (const [key, setting] of ALL_SETTINGS) {
    const given = environment[setting.env]?.trim() || setting.default;
    const result = given === undefined ? undefined : setting.schema.safeParse(given);
    if (result?.success === false)
      problems.push(problem(setting, given ?? '', result.error.issues[0]?.message ?? 'is wrong'));
    values[key] = result?.data;
  }
  // The table has exactly the keys and types of SettingValues, which Object.entries forgets.
  const { masterKeysFile, ...settings } = values as SettingValues;
  if (problems.length === 0)
    problems.push(...RULES.map((rule) => rule({ masterKeysFile, ...settings })).filter((found) => found !== undefined));
  if (problems.length > 0) throw new SettingsError(problems);
  return { ...settings, masterKeys: settings.masterKeys ?? masterKeysFile };
}

function problem(setting: Setting<unknown>, given: string, why: string): string {
  const is = setting.secret ? '' : ` is "${given}": it`;
  const usual = setting.default ?? setting.example;
  return `${setting.env}${is} ${why}${usual === undefined || setting.secret ? '' : `, such as ${usual}`}`;
}
