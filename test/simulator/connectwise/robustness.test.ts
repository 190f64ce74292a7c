import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createConnectWise } from '../../../simulator/connectwise/index.ts';
import type { Reply, SimulatedPsa } from '../../../simulator/psa.ts';
import type { Json } from './api-client.ts';
import { operationAt, problems, violations } from './vendor-schema.ts';

const ERROR_BODY = { $ref: '#/components/schemas/ErrorResponseMessage' };

interface Request {
  readonly method: string;
  readonly path: string;
  readonly body: string;
}

/** A request that is made up when the data is there: rows are named by their place, counted from the end if negative. */
type Plan = (psa: SimulatedPsa) => Request;

const rowsOf = (psa: SimulatedPsa, name: string): Json[] =>
  JSON.parse(JSON.stringify([...(psa.rows(name) ?? [])])) as Json[];
const idOf = (reference: unknown): unknown => (reference as Json | undefined)?.['id'];

function idAt(psa: SimulatedPsa, collection: string, place: number): number {
  return Number(rowsOf(psa, collection).at(place % 7)?.['id'] ?? 99_999_999);
}

const place = fc.integer({ min: -6, max: 6 });
const word = fc.constantFrom(
  'Main',
  'Depot',
  'a@b.example',
  '',
  'x'.repeat(60),
  'company',
  'owner',
  'FL',
  'http://127.0.0.1:9/?id=',
);
const scalar = fc.oneof(word, fc.integer({ min: 0, max: 9 }), fc.boolean(), fc.constant(null));
const lookup = fc.integer({ min: 1, max: 8 }).map((id) => ({ id }));
const reference = fc.oneof(lookup, lookup, fc.record({ name: scalar }), fc.constant({}), scalar);
const item = fc.record(
  {
    type: lookup,
    value: word,
    defaultFlag: fc.boolean(),
    communicationType: fc.constantFrom('Email', 'Phone', 'Fax', 'Pager'),
  },
  { requiredKeys: ['type', 'value'] },
);
const TEXTS = [
  'name',
  'identifier',
  'firstName',
  'lastName',
  'value',
  'addressLine1',
  'state',
  'url',
  'level',
  'type',
  'nothing',
];
const FLAGS = ['defaultFlag', 'primaryAddressFlag', 'inactiveFlag', 'ignoreDuplicates', 'phoneFlag'];
const REFERENCES = [
  'company',
  'contact',
  'site',
  'type',
  'status',
  'defaultContact',
  'parentCompany',
  'country',
  'department',
];
const entry: fc.Arbitrary<readonly [string, unknown]> = fc.oneof(
  fc.tuple(fc.constantFrom(...TEXTS), scalar),
  fc.tuple(fc.constantFrom(...FLAGS), fc.oneof(fc.boolean(), scalar)),
  fc.tuple(fc.constantFrom(...REFERENCES), reference),
  fc.tuple(fc.constant('communicationItems'), fc.oneof(fc.array(item, { maxLength: 3 }), scalar)),
  fc.tuple(
    fc.constantFrom('customFields', 'questions', 'types', 'integratorTags'),
    fc.array(fc.oneof(item, lookup, scalar), { maxLength: 2 }),
  ),
);
const fields = fc.array(entry, { maxLength: 3 }).map((entries) => Object.fromEntries<unknown>(entries));

/** Bodies that are mostly right. */
const goodBody = (psa: SimulatedPsa, list: string, at: number, items: unknown): Json => {
  const company = { id: idAt(psa, 'companies', at) };
  if (list === '/company/companies')
    return { identifier: `N${psa.counts()['companies'] ?? 0}`, name: 'N', site: { name: 'Main' } };
  if (list === '/company/contacts') return { firstName: 'N', company, communicationItems: items };
  if (list === '/company/configurations') return { name: 'N', type: { id: 6 }, company };
  if (list.endsWith('sites')) return { name: `S${psa.counts()['sites'] ?? 0}` };
  if (list.endsWith('communications')) return { type: { id: 1 + (Math.abs(at) % 6) }, value: 'v' };
  return { type: { id: 1 + Math.abs(at) }, name: 'N', description: 'N' };
};

/** A list's path and its collection. */
const list: fc.Arbitrary<(psa: SimulatedPsa) => readonly [path: string, collection: string]> = fc.oneof(
  fc.constantFrom(
    ...(['companies', 'contacts', 'configurations'] as const).map((name) => () => [`/company/${name}`, name] as const),
    () => ['/company/companies/types', 'companyTypes'] as const,
    () => ['/company/companyTypeAssociations', 'companyTypeAssociations'] as const,
    () => ['/system/callbacks', 'callbacks'] as const,
  ),
  place.map(
    (at) => (psa: SimulatedPsa) => [`/company/companies/${idAt(psa, 'companies', at)}/sites`, 'sites'] as const,
  ),
  place.map(
    (at) => (psa: SimulatedPsa) =>
      [`/company/contacts/${idAt(psa, 'contacts', at)}/communications`, 'communications'] as const,
  ),
);

const operation = fc
  .tuple(fc.constantFrom('add', 'replace', 'replace', 'remove'), entry)
  .map(([op, [name, value]]) => ({ op, path: name, value }));
const arrayOperation = fc
  .tuple(fc.constantFrom('add', 'replace', 'remove'), fc.integer({ min: 0, max: 3 }), item)
  .map(([op, at, value]) => ({ op, path: `communicationItems/${at}`, value }));
const operations = fc.array(fc.oneof(operation, arrayOperation), { maxLength: 3 });

const create: fc.Arbitrary<Plan> = fc
  .tuple(list, place, fields, fc.array(item, { maxLength: 3 }))
  .map(([where, at, more, items]) => (psa) => {
    const [path] = where(psa);
    return { method: 'POST', path, body: JSON.stringify({ ...goodBody(psa, path, at, items), ...more }) };
  });

/** The row with this place, below the parent in the path. */
function rowPath(psa: SimulatedPsa, [path, collection]: readonly [string, string], at: number): string {
  const parent = Number(/\/(\d+)\//.exec(path)?.[1] ?? 0);
  const below = rowsOf(psa, collection).filter(
    (row) => parent === 0 || [idOf(row['company']), row['contactId']].includes(parent),
  );
  return `${path}/${Number(below.at(at % 3)?.['id'] ?? 99_999_999)}`;
}

const patch: fc.Arbitrary<Plan> = fc.tuple(list, place, operations).map(([where, at, body]) => (psa) => ({
  method: 'PATCH',
  path: rowPath(psa, where(psa), at),
  body: JSON.stringify(body),
}));
const put: fc.Arbitrary<Plan> = fc.tuple(list, place, fields).map(([where, at, more]) => (psa) => {
  const found = where(psa);
  const { site: _, ...good } = goodBody(psa, found[0], at, []);
  return { method: 'PUT', path: rowPath(psa, found, at), body: JSON.stringify({ ...good, ...more }) };
});
const remove: fc.Arbitrary<Plan> = fc
  .tuple(list, place)
  .map(([where, at]) => (psa) => ({ method: 'DELETE', path: rowPath(psa, where(psa), at), body: '' }));
const merge: fc.Arbitrary<Plan> = fc.tuple(place, place, fields).map(([from, to, more]) => (psa) => ({
  method: 'POST',
  path: `/company/companies/${idAt(psa, 'companies', from)}/merge`,
  body: JSON.stringify({ ...more, toCompanyId: idAt(psa, 'companies', to), primaryAddress: 'From' }),
}));
const nonsense: fc.Arbitrary<Plan> = fc
  .tuple(
    fc.constantFrom('POST', 'PUT', 'PATCH', 'DELETE', 'HEAD'),
    list,
    fc.constantFrom('', '[', '3', 'null', '{}', '[[]]', '{"__proto__":1}'),
  )
  .map(([method, where, body]) => (psa) => ({ method, path: where(psa)[0], body }));

const plan: fc.Arbitrary<Plan> = fc.oneof(
  { weight: 4, arbitrary: create },
  { weight: 3, arbitrary: patch },
  { weight: 2, arbitrary: put },
  { weight: 2, arbitrary: remove },
  { weight: 1, arbitrary: merge },
  { weight: 1, arbitrary: nonsense },
);

async function send(psa: SimulatedPsa, { method, path: at, body: text }: Request): Promise<Reply> {
  const { company = '', publicKey = '', privateKey = '', clientId = '' } = psa.credentials;
  const authorization = `Basic ${Buffer.from(`${company}+${publicKey}:${privateKey}`).toString('base64')}`;
  const headers = { authorization, clientid: clientId };
  return psa.answer({
    number: 0,
    method,
    path: `${psa.apiPath}${at}`,
    query: '',
    headers,
    body: text,
    origin: 'http://sim',
  });
}

/** What must hold whatever was sent. */
function brokenRules(psa: SimulatedPsa): string[] {
  const companies = rowsOf(psa, 'companies');
  const contacts = rowsOf(psa, 'contacts');
  const sites = rowsOf(psa, 'sites');
  const known = new Set(contacts.map((contact) => contact['id']));
  return [
    ...companies.flatMap((company) => {
      const own = sites.filter((site) => idOf(site['company']) === company['id']);
      const primary = own.filter((site) => site['primaryAddressFlag'] === true).map((site) => site['id']);
      // A merged company has given its sites away.
      const wanted = company['deletedFlag'] === true && own.length === 0 ? [] : [idOf(company['site'])];
      return JSON.stringify(primary) === JSON.stringify(wanted) ? [] : [`site of ${String(company['id'])}`];
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

/** What the vendor's document does not allow in an answer. It declares no failures, and bulk requests wrongly. */
function strangeIn({ method, path }: Request, status: number, json: unknown): string[] {
  const verb = method.toLowerCase();
  const found = operationAt(verb, path);
  if (status < 300 && found) return problems(verb, found.template, status, json);
  const { errors, ...rest } = json as Json;
  // A wrong verb is told in the words of the framework.
  return status === 405 ? [] : violations(ERROR_BODY, errors === null ? rest : json);
}

describe('whatever is written', () => {
  const psa = createConnectWise({ size: 40, seed: 5, now: Date.now });

  it('is answered in the vendor’s way and leaves valid data behind', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(plan, { minLength: 1, maxLength: 15 }), async (plans) => {
        psa.reset();
        const sent: Request[] = [];
        for (const make of plans) {
          const one = make(psa);
          sent.push(one);
          const { status, json } = await send(psa, one);
          expect(strangeIn(one, status, json), JSON.stringify(one)).toEqual([]);
          expect([200, 201, 204, 207, 400, 404, 405, 409], JSON.stringify(one)).toContain(status);
        }
        expect(brokenRules(psa), JSON.stringify(sent)).toEqual([]);
      }),
      { numRuns: 150 },
    );
  });
});
