import type { Choice } from '../../contract.ts';
import type { CommunicationTypes } from './communication-types.ts';
import { TYPE_SETTINGS } from './push-settings.ts';

/** Rows of ConnectWise's list of communication types that a setting can be set to. */
export async function pushChoices(
  types: CommunicationTypes,
  name: string,
  signal?: AbortSignal,
): Promise<readonly Choice[]> {
  const setting = TYPE_SETTINGS.find((one) => one.name === name);
  if (!setting) return [];
  const rows = await types.rows([], signal);
  return rows.filter(({ kinds }) => kinds.includes(setting.kind)).map(({ id, name }) => ({ value: String(id), name }));
}
