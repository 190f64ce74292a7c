import { describe, expect, it } from 'vitest';
import { sortRequests } from '../../bench/psas/measured.ts';
import { countRequests, leastRequests } from '../../bench/psas/measured.ts';

const log = (...paths: string[]) => paths.map((path) => ({ path, query: 'pageSize=1000' }));

describe('requests of a sync', () => {
  const requests = sortRequests(
    log(
      '/login/companyinfo/acme',
      '/company/companies/types',
      '/company/configurations/statuses',
      '/company/companies',
      '/company/companies/19004/sites',
      '/company/companies/19007/sites',
      '/company/contacts',
      '/company/contacts',
      '/company/configurations',
    ),
  );

  it('are told apart by what they read', () => {
    expect(countRequests(requests)).toEqual({ lists: 4, sites: 2, reference: 2 });
    expect(requests.login).toHaveLength(1);
  });

  it('keep their query, for the floor to send them again', () => {
    expect(requests.organization).toEqual(['/company/companies?pageSize=1000']);
  });
});

describe('the least possible number of requests', () => {
  const none = sortRequests([]);
  const lists = (read: number) => leastRequests({ contact: { read, tied: read } }, none).lists;

  it('is full pages of 1,000, and one for an empty list', () => {
    expect([0, 1, 1000, 1001, 45_045].map(lists)).toEqual([1, 1, 1, 2, 46]);
  });

  it('is one for the sites of each company inside the gate, whatever the PSA gave besides', () => {
    const counts = { organization: { read: 12, tied: 9 }, location: { read: 11, tied: 11 } };
    expect(leastRequests(counts, none)).toEqual({ lists: 1, sites: 9, reference: 0 });
  });

  it('leaves out kinds that a sync does not read', () => {
    expect(leastRequests({ contact: { read: 5, tied: 5 } }, none)).toMatchObject({ lists: 1, sites: 0 });
  });

  it('asks for each list of types and statuses once', () => {
    const twice = sortRequests(log('/company/contacts/types', '/company/companies/types', '/company/contacts/types'));
    expect(leastRequests({}, twice).reference).toBe(2);
  });
});
