import { LONGEST_MINUTES, SYNC_SETTINGS, type SyncSetting } from '../client/operate/sync-settings.ts';
import type { IntegrationSettings } from '../db/schema/integrations.ts';
import { CliError } from './cli-error.ts';
import { minutesInWords, plural, readMinutes } from './durations.ts';

type Change = Partial<IntegrationSettings>;

const FLAG_WORDS: Readonly<Record<string, boolean>> = {
  on: true,
  off: false,
  yes: true,
  no: false,
  true: true,
  false: false,
};

/** What may be entered for a setting. */
export function formOf(setting: SyncSetting): string {
  if (setting.sort === 'flag') return 'on or off';
  if (setting.sort === 'every') return '30m, 4h, 1d (at most 30d), or off';
  return `a whole number from 1 to ${setting.most}`;
}

/** A setting's value in the words of the command line. */
export function settingInWords(setting: SyncSetting, settings: IntegrationSettings): string {
  if (setting.sort === 'flag') return settings[setting.key] ? 'on' : 'off';
  if (setting.sort === 'count') return plural(settings[setting.key], setting.unit);
  const minutes = settings[setting.key];
  return minutes === null ? 'off' : `every ${minutesInWords(minutes)}`;
}

/** Reads `name=value` words into one change; a refusal names every word that is wrong. */
export function readChanges(words: readonly string[]): Change {
  const names = SYNC_SETTINGS.map((known) => known.name).join(', ');
  const problems: string[] = [];
  let change: Change = {};
  for (const word of words) {
    const [name = '', value = ''] = word.split(/=(.*)/s);
    const setting = SYNC_SETTINGS.find((known) => known.name === name);
    const read = setting && readValue(setting, value);
    if (!setting) problems.push(`There is no setting "${name}". There are: ${names}.`);
    else if (read === undefined)
      problems.push(`${name} must be ${formOf(setting)}, such as ${name}=${EXAMPLES[setting.sort]}.`);
    else change = { ...change, [setting.key]: read };
  }
  if (problems.length > 0) {
    throw new CliError('usage', problems.join('\n'), '`psa-sync settings view` shows all of them with their values.');
  }
  return change;
}

const EXAMPLES: Readonly<Record<SyncSetting['sort'], string>> = { flag: 'on', every: '4h', count: '10' };

/** Undefined for what can't be read. */
function readValue(setting: SyncSetting, value: string): boolean | number | null | undefined {
  if (setting.sort === 'flag') return FLAG_WORDS[value.toLowerCase()];
  if (setting.sort === 'count') {
    const given = /^\d{1,9}$/.test(value) ? Number(value) : 0;
    return given >= 1 && given <= setting.most ? given : undefined;
  }
  if (value === 'off') return null;
  const minutes = readMinutes(value);
  return minutes !== undefined && minutes >= 1 && minutes <= LONGEST_MINUTES ? minutes : undefined;
}
