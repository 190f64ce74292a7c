import type { IntegrationSettings } from '../db/schema/integrations.ts';
import { CliError } from './cli-error.ts';
import { minutesInWords, plural, readMinutes } from './durations.ts';

type Change = Partial<IntegrationSettings>;

/** A sync setting as an operator sees and enters it. */
export interface SyncSetting {
  /** What is typed. */
  readonly name: string;
  /** What the screen of IT Glue calls it, where it has it. */
  readonly title: string;
  readonly text: string;
  /** What may be entered. */
  readonly form: string;
  read(value: string): Change | undefined;
  show(settings: IntegrationSettings): string;
}

const FLAG_WORDS: Readonly<Record<string, boolean>> = {
  on: true,
  off: false,
  yes: true,
  no: false,
  true: true,
  false: false,
};
const LONGEST_MINUTES = 30 * 24 * 60;

function flag(key: 'contactsSync' | 'twoWay' | 'keepLocalWhenBlank') {
  return {
    form: 'on or off',
    read(value: string): Change | undefined {
      const on = FLAG_WORDS[value.toLowerCase()];
      return on === undefined ? undefined : { [key]: on };
    },
    show: (settings: IntegrationSettings) => (settings[key] ? 'on' : 'off'),
  };
}

function every(key: 'fullSyncEveryMinutes' | 'contactSyncEveryMinutes') {
  return {
    form: '30m, 4h, 1d (at most 30d), or off',
    read(value: string): Change | undefined {
      if (value === 'off') return { [key]: null };
      const minutes = readMinutes(value);
      return minutes !== undefined && minutes >= 1 && minutes <= LONGEST_MINUTES ? { [key]: minutes } : undefined;
    },
    show(settings: IntegrationSettings): string {
      const minutes = settings[key];
      return minutes === null ? 'off' : `every ${minutesInWords(minutes)}`;
    },
  };
}

function count(key: 'requestsPerWindow' | 'windowSeconds' | 'requestsInFlight', noun: string, most: number) {
  return {
    form: `a whole number from 1 to ${most}`,
    read(value: string): Change | undefined {
      const given = /^\d{1,9}$/.test(value) ? Number(value) : 0;
      return given >= 1 && given <= most ? { [key]: given } : undefined;
    },
    show: (settings: IntegrationSettings) => plural(settings[key], noun),
  };
}

/** In the order in which they are shown. */
export const SYNC_SETTINGS: readonly SyncSetting[] = [
  {
    name: 'contacts-sync',
    title: 'Enable contacts sync',
    text: 'create and link contacts; off, those that are linked stay in step and none is added',
    ...flag('contactsSync'),
  },
  {
    name: 'two-way',
    title: 'Enable two-way sync',
    text: 'push edits to the PSA; off, synced fields are read-only here',
    ...flag('twoWay'),
  },
  {
    name: 'keep-local-when-blank',
    title: "Keep local value when the PSA's is blank",
    text: 'off, a blank field in the PSA empties ours',
    ...flag('keepLocalWhenBlank'),
  },
  {
    name: 'full-sync-every',
    title: 'Full sync',
    text: 'how often everything is read',
    ...every('fullSyncEveryMinutes'),
  },
  {
    name: 'contact-sync-every',
    title: 'Contact sync',
    text: 'how often contacts alone are read, in between',
    ...every('contactSyncEveryMinutes'),
  },
  {
    name: 'requests-per-window',
    title: 'Requests per window',
    text: 'most requests to the PSA in one window',
    ...count('requestsPerWindow', 'request', 1_000_000),
  },
  {
    name: 'window-seconds',
    title: 'Window',
    text: 'length of the window that requests are counted in',
    ...count('windowSeconds', 'second', 86_400),
  },
  {
    name: 'requests-in-flight',
    title: 'Requests in flight',
    text: 'most requests that the PSA works at for us at one time',
    ...count('requestsInFlight', 'request', 100),
  },
];

/** Reads `name=value` words into one change; a refusal names every word that is wrong. */
export function readChanges(words: readonly string[]): Change {
  const names = SYNC_SETTINGS.map((known) => known.name).join(', ');
  const problems: string[] = [];
  let change: Change = {};
  for (const word of words) {
    const [name = '', value = ''] = word.split(/=(.*)/s);
    const setting = SYNC_SETTINGS.find((known) => known.name === name);
    const read = setting?.read(value);
    if (!setting) problems.push(`There is no setting "${name}". There are: ${names}.`);
    else if (!read) problems.push(`${name} must be ${setting.form}, such as ${name}=${example(setting)}.`);
    else change = { ...change, ...read };
  }
  if (problems.length > 0) {
    throw new CliError('usage', problems.join('\n'), '`psa-sync settings view` shows all of them with their values.');
  }
  return change;
}

const example = ({ form }: SyncSetting): string =>
  form.startsWith('on') ? 'on' : form.startsWith('30m') ? '4h' : '10';
