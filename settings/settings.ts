import type { SettingGroup, ValuesOf } from './setting.ts';
import { API, COMMAND_LINE, KEYS, POSTGRES, PROCESSES, SYNC, TEMPORAL } from './settings-table.ts';

/** All settings, in the order of the documentation. */
export const SETTING_GROUPS = [
  { title: 'Postgres', settings: POSTGRES },
  { title: 'Temporal', settings: TEMPORAL },
  { title: 'Keys and addresses', settings: KEYS },
  { title: 'Pulls and pushes', settings: SYNC },
  { title: 'Processes', settings: PROCESSES },
  { title: 'HTTP API', settings: API },
  { title: 'Command line', settings: COMMAND_LINE },
] as const satisfies readonly { title: string; settings: SettingGroup }[];

/** What the variables say, each in its unit. Those without a default may be undefined. */
export type SettingValues = ValuesOf<
  typeof POSTGRES & typeof TEMPORAL & typeof KEYS & typeof SYNC & typeof PROCESSES & typeof API & typeof COMMAND_LINE
>;

/** Every setting by its key; the keys of a key file stand in `masterKeys`. */
export type Settings = Omit<SettingValues, 'masterKeysFile'>;

/** The settings as a list of key and setting. */
export const ALL_SETTINGS = SETTING_GROUPS.flatMap(({ settings }) => Object.entries<SettingGroup[string]>(settings));
