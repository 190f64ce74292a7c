import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createConnectWise } from '../../../simulator/connectwise/index.ts';
import type { Reply, SimulatedPsa } from '../../../simulator/psa.ts';
import type { Json } from './api-client.ts';
import { problems } from './vendor-schema.ts';

interface Request {
  readonly method: string;
  readonly path: string;
  readonly body: string;
}

const id = fc.constantFrom(1, 2, 3, 5, 7, 19_001, 40_001, 40_002, 1001, 1002, 301, 302, 99_999_999);
const LISTS = [
  ...['/company/companies', '/company/contacts', '/company/configurations', '/company/companies/types'],
  ...['/company/companies/2/sites', '/company/companies/2/typeAssociations', '/company/contacts/40001/communications'],
  ...['/company/contacts/40001/typeAssociations', '/company/configurations/types', '/company/communicationTypes'],
  ...[
    '/company/configurations/types/6/questions',
    '/system/callbacks',
    '/procurement/manufacturers',
    '/company/states',
  ],
];
const path = fc.oneof(
  fc.constantFrom(...LISTS),
  fc.tuple(fc.constantFrom(...LISTS), id).map(([list, n]) => `${list}/${n}`),
  id.map((n) => `/company/companies/${n}/merge`),
  id.map((n) => `/company/configurations/${n}/changeType`),
  fc.constantFrom('/company/configurations/bulk', '/company/configurations/types/copy'),
);
const FIELDS = [
  ...[
    'name',
    'identifier',
    'firstName',
    'company',
    'contact',
    'site',
    'type',
    'types',
    'status',
    'value',
    'defaultFlag',
  ],
  ...['communicationItems', 'customFields', 'questions', 'primaryAddressFlag', 'defaultContact', 'parentCompany', 'id'],
  ...[
    'addressLine1',
    'state',
    'country',
    'description',
    'phoneFlag',
    'url',
    'level',
    'objectId',
    'toCompanyId',
    'Name',
  ],
  ...['communicationItems/0', 'communicationItems/0/value', 'company/id', 'questions/0/answer', '__proto__', 'nothing'],
];
const field = fc.constantFrom(...FIELDS);
const scalar = fc.oneof(
  id,
  fc.boolean(),
  fc.constant(null),
  fc.string({ maxLength: 5 }),
  fc.constantFrom('Main', 'company', 'owner'),
);
const reference = fc.oneof(fc.record({ id: fc.oneof(id, scalar) }), fc.record({ name: scalar }), fc.constant({}));
const item = fc.record(
  { type: reference, value: scalar, defaultFlag: scalar, id, answer: scalar, questionId: id },
  { requiredKeys: [] },
);
const value = fc.oneof(scalar, reference, fc.array(item, { maxLength: 3 }), fc.array(reference, { maxLength: 2 }));
const object = fc.dictionary(field, value, { maxKeys: 6 });
const operation = fc.record({ op: fc.constantFrom('add', 'replace', 'remove', 'move'), path: field, value });
const body = fc.oneof(
  object.map((json) => JSON.stringify(json)),
  fc.array(operation, { maxLength: 4 }).map((json) => JSON.stringify(json)),
  fc.array(object, { maxLength: 2 }).map((json) => JSON.stringify(json)),
  fc.constantFrom('', '[', '3', 'null'),
);
const request: fc.Arbitrary<Request> = fc.record({
  method: fc.constantFrom('POST', 'POST', 'PATCH', 'PATCH', 'PUT', 'DELETE'),
  path,
  body,
});

async function send(psa: SimulatedPsa, { method, path: at, body: text }: Request): Promise<Reply> {
  const { company = '', publicKey = '', privateKey = '', clientId = '' } = psa.credentials;
  const authorization = `Basic ${Buffer.from(`${company}+${publicKey}:${privateKey}`).toString('base64')}`;
  const headers = { authorization, clientid: clientId };
  return psa.answer({ method, path: `${psa.apiPath}${at}`, query: '', headers, body: text, origin: 'http://sim' });
}

const rowsOf = (psa: SimulatedPsa, name: string): Json[] =>
  JSON.parse(JSON.stringify([...(psa.rows(name) ?? [])])) as Json[];
const idOf = (reference: unknown): unknown => (reference as Json | undefined)?.['id'];

/** What must hold whatever was sent. */
function brokenRules(psa: SimulatedPsa): string[] {
  const companies = rowsOf(psa, 'companies');
  const contacts = rowsOf(psa, 'contacts');
  const sites = rowsOf(psa, 'sites');
  const known = new Set(contacts.map((contact) => contact['id']));
  return [
    ...companies.flatMap((company) => {
      const primary = sites.filter(
        (site) => idOf(site['company']) === company['id'] && site['primaryAddressFlag'] === true,
      );
      return primary.length === 1 && primary[0]?.['id'] === idOf(company['site'])
        ? []
        : [`site of ${String(company['id'])}`];
    }),
    ...contacts.flatMap((contact) => {
      const items = (contact['communicationItems'] ?? []) as Json[];
      return ['Email', 'Phone', 'Fax'].flatMap((kind) => {
        const ofKind = items.filter((item) => item['communicationType'] === kind);
        const defaults = ofKind.filter((item) => item['defaultFlag'] === true).length;
        return defaults === Math.min(1, ofKind.length) ? [] : [`${kind} of ${String(contact['id'])}`];
      });
    }),
    ...rowsOf(psa, 'configurations').flatMap((row) =>
      row['contact'] && !known.has(idOf(row['contact'])) ? ['contact'] : [],
    ),
    ...problems('get', '/company/companies', 200, companies),
    ...problems('get', '/company/contacts', 200, contacts),
    ...problems('get', '/company/companies/{parentId}/sites', 200, sites),
    ...problems('get', '/company/configurations', 200, rowsOf(psa, 'configurations')),
  ];
}

describe('whatever is written', () => {
  const psa = createConnectWise({ size: 40, seed: 5, now: Date.now });

  it('is answered in the vendor’s way and leaves valid data behind', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(request, { minLength: 1, maxLength: 12 }), async (requests) => {
        psa.reset();
        for (const one of requests) {
          const { status } = await send(psa, one);
          expect([200, 201, 204, 207, 400, 404, 405, 409], JSON.stringify(one)).toContain(status);
        }
        expect(brokenRules(psa)).toEqual([]);
      }),
      { numRuns: 250 },
    );
  });
});
