import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { changedChoices, choiceProblem, type ChoiceSort } from '../../operate/provider-choices.ts';
import { limitWarnings } from '../../operate/limit-warnings.ts';
import { LONGEST_MINUTES, needsFullSync, SYNC_SETTINGS, type SyncSetting } from '../../operate/sync-settings.ts';
import { changeSettings } from '../../../db/integrations/change-settings.ts';
import type { Integration } from '../../../db/integrations/read-integration.ts';
import type { IntegrationSettings } from '../../../db/schema/integrations.ts';
import { adapterFor } from '../../../psa/registry.ts';
import { ApiError } from '../api-error.ts';
import type { ApiServer } from '../deps.ts';
import { bodySchema, idParams, oneSchema, resource, show } from './document.ts';
import { followSchedules } from './follow-schedules.ts';
import { mustReadIntegration } from './integrations.ts';
import { asCaller, ERRORS, type Operate } from './operate.ts';

const valueSchema = (setting: SyncSetting): z.ZodType<boolean | number | null> => {
  const described = `${setting.title}: ${setting.text}`;
  if (setting.sort === 'flag') return z.boolean().describe(described);
  if (setting.sort === 'count') return z.int().min(1).max(setting.most).describe(described);
  return z.int().min(1).max(LONGEST_MINUTES).nullable().describe(`${described}; in minutes, null: not by schedule`);
};

const VALUES = Object.fromEntries(SYNC_SETTINGS.map((setting) => [setting.attribute, valueSchema(setting)]));

const PUSH = z.record(z.string(), z.string()).describe("What the provider's page lists for records made in the PSA");
const PULL = z.record(z.string(), z.string()).describe("What the provider's page lists of what is read from the PSA");
const CHANGED = z.record(z.string(), z.string().max(200).nullable()).describe('Null: back to the default');

const SETTINGS = resource<Integration>()({
  type: 'sync-settings',
  attributes: z.object({
    ...VALUES,
    push: PUSH,
    pull: PULL,
    'settings-version': z.int().describe('Rises with every change'),
  }),
  idOf: ({ id }) => id,
  read: ({ settings, settingsVersion }) => ({
    ...Object.fromEntries(SYNC_SETTINGS.map(({ attribute, key }) => [attribute, settings[key]])),
    push: { ...settings.push },
    pull: { ...settings.pull },
    'settings-version': settingsVersion,
  }),
});

const CHANGE = bodySchema(
  z
    .strictObject({
      ...VALUES,
      push: CHANGED,
      pull: CHANGED,
    })
    .partial(),
);

const META = z.object({
  'full-sync-needed': z.boolean().describe('This counts from the next full sync on'),
  warnings: z.array(z.string()).describe('Request limits that are above what the vendor allows'),
});

const TAGS = ['Sync settings'];

/** The sync settings of an integration, under the names that IT Glue's screen gives them. */
export function syncSettingRoutes(server: ApiServer, operate: Operate): void {
  server.get(
    '/integrations/:id/sync_settings',
    {
      schema: {
        summary: 'Show sync settings',
        tags: TAGS,
        params: idParams,
        response: { 200: oneSchema(SETTINGS), ...ERRORS },
      },
    },
    async ({ caller, params }) => {
      const integration = await asCaller(operate, caller, (tx) => mustReadIntegration(tx, params.id));
      return { data: show(SETTINGS, integration) };
    },
  );

  server.patch(
    '/integrations/:id/sync_settings',
    {
      schema: {
        summary: 'Change sync settings; a run in progress goes on with those it began with',
        tags: TAGS,
        params: idParams,
        body: CHANGE,
        response: { 200: oneSchema(SETTINGS, META), ...ERRORS },
      },
    },
    async ({ caller, params, body, log }) => {
      const { change, integration } = await asCaller(operate, caller, async (tx) => {
        const before = await mustReadIntegration(tx, params.id);
        const wanted = changeOf(before, body.data.attributes);
        if (Object.keys(wanted).length > 0) await changeSettings(tx, before.id, wanted);
        return { change: wanted, integration: await mustReadIntegration(tx, params.id) };
      });
      if ('fullSyncEveryMinutes' in change || 'contactSyncEveryMinutes' in change) followSchedules(operate, log);
      const warnings = limitWarnings(integration.provider, integration.settings);
      return { data: show(SETTINGS, integration), meta: { 'full-sync-needed': needsFullSync(change), warnings } };
    },
  );
}

/** The settings that change. Throws 422 with all that can't be set. */
function changeOf(
  { provider, settings }: Integration,
  { push, pull, ...values }: z.output<typeof CHANGE>['data']['attributes'],
): Partial<IntegrationSettings> {
  const given: Readonly<Record<string, unknown>> = values;
  const { title, capabilities } = adapterFor(provider);
  const problems = Object.entries({ push, pull }).flatMap(([sort, chosen]) =>
    Object.entries(chosen ?? {}).flatMap(([name, value]) => {
      const detail = choiceProblem(provider, sort as ChoiceSort, name, value);
      return detail === null ? [] : [{ detail, source: { pointer: `/data/attributes/${sort}/${name}` } }];
    }),
  );
  if (given['enable-two-way-sync'] === true && !capabilities.twoWay) {
    const pointer = '/data/attributes/enable-two-way-sync';
    const detail = `${title} takes no writes, so it can't be synced two-way. Change what comes from it over there: the next sync brings it here.`;
    problems.push({ detail, source: { pointer } });
  }
  if (problems.length > 0) throw new ApiError(422, problems);
  const changed = SYNC_SETTINGS.flatMap(({ attribute, key }): [string, unknown][] => {
    const value = given[attribute];
    return value === undefined || value === settings[key] ? [] : [[key, value]];
  });
  const change: Partial<IntegrationSettings> = Object.fromEntries(changed);
  const chosen = {
    push: changedChoices(settings.push, push ?? {}),
    pull: changedChoices(settings.pull ?? {}, pull ?? {}),
  };
  return {
    ...change,
    ...(!isDeepStrictEqual(chosen.push, settings.push) && { push: chosen.push }),
    ...(!isDeepStrictEqual(chosen.pull, settings.pull ?? {}) && { pull: chosen.pull }),
  };
}
