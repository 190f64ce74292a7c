/**
 * Names under which ids of ours stand in what commands show. A PSA's ids are texts, whatever they look like, so they are
 * not among them.
 */
const OURS: ReadonlySet<string> = new Set([
  'id',
  'tenantId',
  'integrationId',
  'recordId',
  'recordIds',
  'otherRecordId',
  'organizationId',
  'organizationIds',
  'sourceId',
  'targetId',
  'parentId',
  'waitsFor',
  'runId',
  'planId',
  'reviewId',
  'conflictId',
  'historyId',
  'candidateIds',
]);

const DIGITS = /^\d+$/;

/** For `JSON.stringify`: ids are texts inside, because they are bigints in Postgres, and numbers for everybody else. */
export function idsAsNumbers(key: string, value: unknown): unknown {
  if (typeof value === 'bigint') return asNumber(value.toString());
  if (!OURS.has(key)) return value;
  return Array.isArray(value) ? value.map(asNumber) : asNumber(value);
}

/** What is no id, or too large to be told exactly as a number, stays what it is. */
function asNumber(value: unknown): unknown {
  const isNumber = typeof value === 'string' && DIGITS.test(value) && Number.isSafeInteger(Number(value));
  return isNumber ? Number(value) : value;
}
