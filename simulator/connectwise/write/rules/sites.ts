import type { Context } from '../../context.ts';
import { referredId, type Row, type Stamp } from '../../store/row.ts';
import { usesOf } from '../../read/usages.ts';
import { inUse } from '../in-use.ts';
import { after, type Rules, type Stored, type Write } from '../write.ts';
import { makePrimary, primarySite } from './addresses.ts';

function check(write: Write): void {
  const { context, draft, row } = write;
  const companyId = referredId(after(write, 'company'));
  const name = draft.values['name'];
  if (companyId !== undefined && typeof name === 'string') {
    const others = context.store.collection('sites').by('company', companyId);
    if (others.some((other) => other.id !== row?.id && String(other['name']).toLowerCase() === name.toLowerCase())) {
      const message = `A site named ${name} already exists for this company.`;
      draft.errors.push({ code: 'ObjectExists', message, resource: 'site', field: 'name' });
    }
  }
  // The first site of a company that has lost its own in a merge.
  if (!row && companyId !== undefined && !primarySite(context, companyId)) draft.values['primaryAddressFlag'] = true;
  // There is always a primary site: the flag moves with another site that takes it, and can't be taken away.
  if (row?.['primaryAddressFlag'] === true && draft.values['primaryAddressFlag'] !== true) {
    delete draft.values['primaryAddressFlag'];
  }
}

function saved({ context, row, stamp }: Stored): void {
  const companyId = referredId(row['company']);
  const company = companyId === undefined ? undefined : context.store.get('companies', companyId);
  if (company && row['primaryAddressFlag'] === true) makePrimary(context, company, row, stamp);
}

function remove(context: Context, row: Row, _stamp: Stamp): void {
  const [use] = usesOf(context.store, 'sites', row.id);
  if (row['primaryAddressFlag'] === true) throw inUse('sites', row, 'its company as the primary site');
  if (use) throw inUse('sites', row, use.in);
  context.store.remove('sites', row);
}

export const siteRules: Rules = { fixed: ['company'], keptByPut: ['primaryAddressFlag'], check, saved, remove };
