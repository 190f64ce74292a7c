import { isDeepStrictEqual } from 'node:util';
import type { StoredRow } from '../../store/collection.ts';
import type { Values } from '../../store/store.ts';
import type { Context } from '../context.ts';
import { ENTITIES } from '../schema/entities.ts';
import { UDFS } from '../schema/entity.ts';
import type { EntityName, Subject } from '../schema/entity-name.ts';
import { rowsOf } from '../schema/picklists.ts';

interface TellsOf {
  readonly name: string;
  readonly isUdf: boolean;
  readonly isSubscribed: boolean;
  readonly isAlways: boolean;
}

/** The fields that a webhook tells of, by the names that its picklists give them. */
function tellsOf({ store }: Context, of: Subject, webhookId: number): TellsOf[] {
  const named = (entity: EntityName, field: string, isUdf: boolean): TellsOf[] =>
    store
      .collection(entity)
      .by('webhookID', webhookId)
      .map((row) => ({
        name:
          rowsOf(ENTITIES[entity].fields[field]?.picklist ?? []).find(({ value }) => value === row[field])?.label ?? '',
        isUdf,
        isSubscribed: row['isSubscribedField'] === true,
        isAlways: row['isDisplayAlwaysField'] === true,
      }));
  return [...named(`${of}WebhookFields`, 'fieldID', false), ...named(`${of}WebhookUdfFields`, 'udfFieldID', true)];
}

const valueOf = (row: Values, { name, isUdf }: TellsOf): unknown =>
  (isUdf ? (row[UDFS] as Values | undefined)?.[name] : row[name]) ?? null;

/**
 * What a webhook shows of a row: fields that it is subscribed to, of a change those that have another value than `before`,
 * and those that it always shows. Undefined for a change that it is not subscribed to.
 */
export function toldFields(
  context: Context,
  of: Subject,
  webhookId: number,
  row: StoredRow,
  before: Values | undefined,
): Readonly<Record<string, unknown>> | undefined {
  const tells = tellsOf(context, of, webhookId);
  const isNews = (field: TellsOf): boolean => {
    if (before === undefined) return true;
    const isWritten = (field.isUdf ? UDFS : field.name) in before;
    return isWritten && !isDeepStrictEqual(valueOf(before, field), valueOf(row, field));
  };
  const news = tells.filter((field) => field.isSubscribed && isNews(field));
  if (before !== undefined && news.length === 0) return undefined;
  const shown = tells.filter((field) => field.isAlways || news.includes(field));
  return Object.fromEntries(shown.map((field) => [field.name, valueOf(row, field)]));
}
