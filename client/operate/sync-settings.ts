import type { IntegrationSettings } from '../../db/schema/integrations.ts';

type KeysOf<T> = {
  [K in keyof IntegrationSettings]-?: IntegrationSettings[K] extends T ? K : never;
}[keyof IntegrationSettings];

interface Named {
  /** What is typed on the command line. */
  readonly name: string;
  /** The attribute of the HTTP API: the title in the form that attributes have. */
  readonly attribute: string;
  /** What the screen of IT Glue calls it, where it has it. */
  readonly title: string;
  readonly text: string;
}

/** Something that is on or off. */
interface Flag extends Named {
  readonly sort: 'flag';
  readonly key: KeysOf<boolean>;
}

/** Minutes between two syncs; null: none by schedule. */
interface Every extends Named {
  readonly sort: 'every';
  readonly key: 'fullSyncEveryMinutes' | 'contactSyncEveryMinutes';
}

/** A whole number from 1 on. */
interface Count extends Named {
  readonly sort: 'count';
  readonly key: KeysOf<number>;
  readonly unit: string;
  readonly most: number;
}

/** A sync setting of an integration as operators know it. */
export type SyncSetting = Flag | Every | Count;

export const LONGEST_MINUTES = 30 * 24 * 60;

/** In the order in which they are shown. */
export const SYNC_SETTINGS: readonly SyncSetting[] = [
  {
    sort: 'flag',
    key: 'contactsSync',
    name: 'contacts-sync',
    attribute: 'enable-contacts-sync',
    title: 'Enable contacts sync',
    text: 'create and link contacts; off, those that are linked stay in step and none is added',
  },
  {
    sort: 'flag',
    key: 'twoWay',
    name: 'two-way',
    attribute: 'enable-two-way-sync',
    title: 'Enable two-way sync',
    text: 'push edits to the PSA; off, synced fields are read-only here',
  },
  {
    sort: 'flag',
    key: 'keepLocalWhenBlank',
    name: 'keep-local-when-blank',
    attribute: 'keep-local-when-blank',
    title: "Keep local value when the PSA's is blank",
    text: 'off, a blank field in the PSA empties ours',
  },
  {
    sort: 'every',
    key: 'fullSyncEveryMinutes',
    name: 'full-sync-every',
    attribute: 'full-sync-every-minutes',
    title: 'Full sync',
    text: 'how often everything is read',
  },
  {
    sort: 'every',
    key: 'contactSyncEveryMinutes',
    name: 'contact-sync-every',
    attribute: 'contact-sync-every-minutes',
    title: 'Contact sync',
    text: 'how often contacts alone are read, in between',
  },
  {
    sort: 'count',
    key: 'requestsPerWindow',
    name: 'requests-per-window',
    attribute: 'requests-per-window',
    title: 'Requests per window',
    text: 'most requests to the PSA in one window',
    unit: 'request',
    most: 1_000_000,
  },
  {
    sort: 'count',
    key: 'windowSeconds',
    name: 'window-seconds',
    attribute: 'window-seconds',
    title: 'Window',
    text: 'length of the window that requests are counted in',
    unit: 'second',
    most: 86_400,
  },
  {
    sort: 'count',
    key: 'requestsInFlight',
    name: 'requests-in-flight',
    attribute: 'requests-in-flight',
    title: 'Requests in flight',
    text: 'most requests that the PSA works at for us at one time',
    unit: 'request',
    most: 100,
  },
];

/** Whether a change lets in what stayed outside, or takes what was left: schedules and request limits do neither. */
export const needsFullSync = (change: Partial<IntegrationSettings>): boolean =>
  (['contactsSync', 'keepLocalWhenBlank', 'pull'] as const).some((name) => change[name] !== undefined);
