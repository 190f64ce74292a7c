import type { ValidationError } from '../../errors.ts';
import { CALLBACK_LEVELS } from '../../callbacks/levels.ts';
import { textOf } from '../../store/row.ts';
import { after, type Rules, type Write } from '../write.ts';

function isHttpUrl(value: unknown): boolean {
  if (typeof value !== 'string' || !URL.canParse(value)) return false;
  return /^https?:$/.test(new URL(value).protocol);
}

function check(write: Write): void {
  const { context, draft, row } = write;
  const problem = (code: string, message: string, field: string): void => {
    const entry: ValidationError = { code, message, resource: 'callbackEntry', field };
    draft.errors.push(entry);
  };
  const lower = (field: string): string => textOf(after(write, field)).toLowerCase();
  const url = after(write, 'url');
  const [type, level] = [lower('type'), lower('level')];
  if (url !== undefined && !isHttpUrl(url)) problem('InvalidField', 'Invalid URL', 'url');
  if (type && level && !CALLBACK_LEVELS[type]?.includes(level)) {
    problem('InvalidObject', `Unrecognized level for type ${type}: ${level}.`, 'level');
  }
  // "All records" has object 1, whatever was sent.
  if (level === 'owner') draft.values['objectId'] = 1;
  draft.values['payloadVersion'] ??= row?.['payloadVersion'] ?? '3.0.0';
  draft.values['memberId'] ??= row?.['memberId'] ?? context.memberId();
  const objectId = after(write, 'objectId');
  const twin = context.store
    .collection('callbacks')
    .all()
    .some(
      (other) =>
        other.id !== row?.id &&
        other['url'] === url &&
        other['objectId'] === objectId &&
        textOf(other['type']).toLowerCase() === type &&
        textOf(other['level']).toLowerCase() === level,
    );
  if (twin) problem('ObjectExists', 'A matching callback entry already exists', 'objectId');
}

export const callbackRules: Rules = { check };
