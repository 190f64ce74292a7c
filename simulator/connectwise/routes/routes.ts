import type { Handler } from './call.ts';
import { ENDPOINTS, type Endpoint } from './endpoints.ts';
import * as reading from './reading.ts';
import { Router } from './router.ts';
import * as special from './special.ts';
import { systemInfo } from './system-info.ts';
import * as writing from './writing.ts';

const endpointOf = (path: string): Endpoint => {
  const endpoint = ENDPOINTS.find((candidate) => candidate.path === path);
  if (!endpoint) throw new Error(`No endpoint ${path}.`);
  return endpoint;
};

/** Every path of the API and what answers it. */
export function createRouter(): Router {
  const router = new Router();
  for (const endpoint of ENDPOINTS) {
    const { path, usages, info } = endpoint;
    const get = (suffix: string, handler: Handler): void => router.add(path + suffix, endpoint, { GET: handler });
    router.add(path, endpoint, { GET: reading.list, POST: writing.post });
    get('/count', reading.count);
    router.add(`${path}/{}`, endpoint, {
      GET: reading.get,
      PUT: writing.put,
      PATCH: writing.patch,
      DELETE: writing.del,
    });
    if (usages) {
      get('/{}/usages', reading.usages);
      get('/{}/usages/list', reading.usages);
    }
    if (info) get('/info', reading.info);
  }
  const companies = endpointOf('/company/companies');
  const contacts = endpointOf('/company/contacts');
  const configurations = endpointOf('/company/configurations');
  const types = endpointOf('/company/configurations/types');
  router.add('/company/companies/default', companies, { GET: reading.blank });
  router.add('/company/contacts/default', contacts, { GET: reading.blank });
  router.add('/company/companies/{}/merge', { ...companies, needs: { POST: 'edit' } }, { POST: special.mergeCompany });
  router.add('/company/configurations/{}/changeType', configurations, { PATCH: special.changeType });
  router.add('/company/configurations/bulk', configurations, {
    POST: special.bulkPost,
    PUT: special.bulkPut,
    DELETE: special.bulkDelete,
  });
  router.add('/company/configurations/types/copy', types, { POST: special.copyType });
  router.add('/system/info', { ...companies, needs: { GET: 'nothing' } }, { GET: systemInfo });
  return router;
}
