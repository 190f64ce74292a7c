import type { Context } from '../../context.ts';
import type { ValidationError } from '../../errors.ts';
import { referredId, type Row, type Stamp } from '../../store/row.ts';
import { after, type Rules, type Stored, type Write } from '../write.ts';

const FLAGS = { Phone: 'phoneFlag', Fax: 'faxFlag', Email: 'emailFlag' } as const;
type Kind = keyof typeof FLAGS;

const isKind = (value: unknown): value is Kind => typeof value === 'string' && value in FLAGS;

/** The one kind that a communication type stands for, or the first of several. */
function kindOf(type: Row): Kind | undefined {
  return (['Email', 'Phone', 'Fax'] as const).find((kind) => type[FLAGS[kind]] === true);
}

/** Completes a communication: its kind from its type, the domain of an e-mail address. Returns what is wrong with it. */
export function complete(context: Context, values: Record<string, unknown>): ValidationError[] {
  const typeId = referredId(values['type']);
  const type = typeId === undefined ? undefined : context.store.get('communicationTypes', typeId);
  if (!type) return [];
  values['communicationType'] ??= kindOf(type);
  const kind = values['communicationType'];
  if (isKind(kind) && type[FLAGS[kind]] !== true) {
    const message = `The communication type ${String(type['description'])} is not a type of ${kind}.`;
    return [{ code: 'InvalidField', message, resource: 'contactCommunication', field: 'communicationType' }];
  }
  const { value } = values;
  const at = typeof value === 'string' ? value.lastIndexOf('@') : -1;
  values['domain'] = kind === 'Email' && at >= 0 ? String(value).slice(at) : undefined;
  return [];
}

/** Keeps one default for each kind: a new default turns the old one off, the first of its kind becomes it. */
export function settleDefaults(context: Context, contactId: number, preferred?: Row): void {
  const { store } = context;
  const rows = store.collection('communications').by('contactId', contactId);
  for (const kind of Object.keys(FLAGS)) {
    const ofKind = rows.filter((row) => row['communicationType'] === kind);
    const wanted =
      preferred?.['communicationType'] === kind && preferred['defaultFlag'] === true ? preferred : undefined;
    const chosen = wanted ?? ofKind.find((row) => row['defaultFlag'] === true) ?? ofKind[0];
    for (const row of ofKind) {
      const isDefault = row === chosen;
      if (row['defaultFlag'] !== isDefault) store.update('communications', row, { defaultFlag: isDefault });
    }
  }
}

function check(write: Write): void {
  const { context, draft, row } = write;
  const whole: Record<string, unknown> = { ...row, ...draft.values };
  // A changed type brings its own kind.
  if ('type' in draft.values && !('communicationType' in draft.values)) delete whole['communicationType'];
  draft.errors.push(...complete(context, whole));
  for (const field of ['communicationType', 'domain']) draft.values[field] = whole[field];
}

function saved({ context, row, stamp }: Stored): void {
  const contactId = Number(row['contactId']);
  settleDefaults(context, contactId, row);
  context.touch('contacts', contactId, stamp);
}

function remove(context: Context, row: Row, stamp: Stamp): void {
  const contactId = Number(row['contactId']);
  context.store.remove('communications', row);
  settleDefaults(context, contactId);
  context.touch('contacts', contactId, stamp);
}

export const communicationRules: Rules = { fixed: ['contactId'], check, saved, remove };

export const communicationTypeRules: Rules = {
  check: (write) => {
    if (Object.values(FLAGS).some((flag) => after(write, flag) === true)) return;
    const message = 'At least one of phoneFlag, faxFlag and emailFlag must be true.';
    write.draft.errors.push({ code: 'InvalidField', message, resource: 'communicationType', field: 'phoneFlag' });
  },
};
