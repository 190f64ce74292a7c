import type { FastifyInstance } from 'fastify';
import { apiError } from '../../api-error.ts';

/** What IT Glue's API has and psa-sync does not, with the reason. */
const ABSENT: Readonly<Record<string, string>> = {
  configuration_interfaces:
    'psa-sync holds one interface of a configuration: read and write its attributes primary-ip and mac-address.',
  operating_systems: 'psa-sync holds the operating system as text: the attribute operating-system-name.',
  platforms: 'psa-sync holds the platform as text: the attribute platform-name.',
  attachments: 'Attachments are not a part of the sync.',
  checklists: 'Checklists are not a part of the sync.',
  checklist_templates: 'Checklists are not a part of the sync.',
  documents: 'Documents are not a part of the sync.',
  domains: 'Domains are not a part of the sync.',
  expirations: 'Expirations are not a part of the sync.',
  exports: 'Read the lists page by page instead.',
  flexible_asset_fields: 'Flexible assets are not a part of the sync.',
  flexible_asset_types: 'Flexible assets are not a part of the sync.',
  flexible_assets: 'Flexible assets are not a part of the sync.',
  groups: 'psa-sync has no users and groups: an API key says what may be done.',
  logs: 'The field history of a record is under /psa-sync/v1.',
  password_categories: 'psa-sync holds no passwords.',
  passwords: 'psa-sync holds no passwords.',
  password_folders: 'psa-sync holds no passwords.',
  related_items: 'Related items are not a part of the sync.',
  tickets: 'Tickets are not a part of the sync.',
  user_metrics: 'psa-sync has no users: an API key says what may be done.',
  users: 'psa-sync has no users: an API key says what may be done.',
};

/** Explains, instead of leaving a client's author to guess whether the address is wrong. */
export function explainAbsent(server: FastifyInstance): void {
  for (const [path, reason] of Object.entries(ABSENT)) {
    const refuse = () => Promise.reject(apiError(404, `${path} are not there. ${reason}`));
    for (const url of [
      `/${path}`,
      `/${path}/*`,
      `/:parent/:id/relationships/${path}`,
      `/:parent/:id/relationships/${path}/*`,
    ]) {
      server.route({ method: ['GET', 'POST', 'PATCH', 'DELETE'], url, schema: { hide: true }, handler: refuse });
    }
  }
}
