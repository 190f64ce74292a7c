import type { Condition } from '../../../db/api/record-query.ts';
import { itGlueNames } from '../../../psa/registry.ts';
import { apiError } from '../api-error.ts';
import { checkValues, FLAGS, parseTime } from './filter-values.ts';
import type { ListRequest } from './list-request.ts';
import { spellingsOfCountry, spellingsOfRegion } from './places/match-place.ts';
import type { RecordFilter, RecordResource } from './resource.ts';

/** What the filters of a request ask of its records. Throws a 400 that names a filter which makes no sense. */
export function recordConditions(resource: RecordResource, filters: ListRequest['filters']): Condition[] {
  const conditions: Condition[] = [];
  for (const [name, values] of filters) {
    const not = name.startsWith('exclude.');
    const filter = resource.filters.find((candidate) => candidate.name === name.replace('exclude.', ''));
    if (!filter) continue;
    checkValues(name, filter.shape, values);
    const condition = conditionOf(filter, values, not);
    if (condition) conditions.push(condition);
  }
  return [...conditions, ...psaCondition(filters)];
}

function conditionOf({ on, shape }: RecordFilter, values: readonly string[], not: boolean): Condition | null {
  const flags = values.map((value) => FLAGS[value] ?? false);
  if ('id' in on) return { id: values, not };
  if ('field' in on) return { field: on.field, anyOf: shape === 'flag' ? flags : values, not };
  if ('time' in on) {
    const [from = null, to = null] = values.map((value) => (value === '*' ? null : parseTime(value)));
    return { time: on.time, from, to };
  }
  if ('primaryEmail' in on) return { primaryEmail: values };
  if ('primaryLocation' in on) return flags.length === 2 ? null : { primaryLocation: flags[0] ?? false };
  if ('place' in on) {
    return { spelled: values.flatMap(on.place === 'country' ? spellingsOfCountry : spellingsOfRegion) };
  }
  if ('psa' in on) return null;
  return on.always === false && flags.includes(false) ? null : { nothing: true };
}

/** The same PSA id names different things in different PSAs, so one is never asked for without the other. */
function psaCondition(filters: ListRequest['filters']): Condition[] {
  const psaIds = filters.get('psa_id');
  const types = filters.get('psa_integration_type');
  if (!psaIds && !types) return [];
  if (!psaIds || !types) {
    const parameter = `filter[${psaIds ? 'psa_integration_type' : 'psa_id'}]`;
    throw apiError(400, 'filter[psa_id] and filter[psa_integration_type] only work together.', { parameter });
  }
  return [{ psaIds, providers: types.flatMap((type) => itGlueNames[type] ?? []) }];
}
