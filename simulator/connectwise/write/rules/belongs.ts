import { referredId } from '../../store/row.ts';
import { after, type Write } from '../write.ts';

/** A record's site must be one of its company; when only the company changes, the old site is let go. */
export function checkSite(write: Write, resource: string): void {
  const { context, draft } = write;
  const siteId = referredId(after(write, 'site'));
  const site = siteId === undefined ? undefined : context.store.get('sites', siteId);
  if (!site || referredId(site['company']) === referredId(after(write, 'company'))) return;
  if ('site' in draft.values) {
    const message = `Site ${site.id} does not belong to the company.`;
    draft.errors.push({ code: 'InvalidField', message, resource, field: 'site' });
  } else if ('company' in draft.values) draft.values['site'] = undefined;
}
