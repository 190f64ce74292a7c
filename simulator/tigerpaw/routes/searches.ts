import { z } from 'zod';
import type { Reply } from '../../psa.ts';
import { readBody } from '../read-body.ts';
import {
  ACCOUNT_SEARCHES,
  CONTACT_SEARCHES,
  found,
  pageOf,
  searchRequest,
  unknownWord,
  type Search,
} from '../search.ts';
import { accountSummary, contactSummary } from '../views.ts';
import { done, parameter, refuse, type Call, type Route } from './route.ts';

/** What is searched, and how its rows are answered. */
const TABLES = {
  accounts: { searches: ACCOUNT_SEARCHES, view: accountSummary, list: 'Accounts' },
  contacts: { searches: CONTACT_SEARCHES, view: contactSummary, list: 'Contacts' },
} as const;
type Table = keyof typeof TABLES;

/** Searches for one thing, by the end of their path: the type of an advanced search that they are short for. */
const SHORT: Readonly<Record<Table, Readonly<Record<string, string>>>> = {
  accounts: {
    accountid: 'AccountId',
    accountnumber: 'AccountNumber',
    accountstatus: 'AccountStatus',
    accounttype: 'AccountType',
    address: 'Address',
    'contact/name': 'ContactName',
    email: 'Email',
    name: 'AccountName',
    phone: 'PhoneNumber',
    postalcode: 'PostalCode',
  },
  contacts: { email: 'Email', firstname: 'Firstname', lastname: 'LastName', phone: 'PhoneNumber' },
};

function answer({ context }: Call, table: Table, search: Search): Reply {
  const { searches, view, list } = TABLES[table];
  const unknown = unknownWord(search, searches);
  if (unknown !== undefined) throw refuse(`${unknown} is not a known search.`);
  const { tables } = context;
  const { page, envelope } = pageOf(found(tables, table, search, searches), search, context.settings());
  return done({ [list]: page.map((row) => view(tables, row)), ...envelope });
}

/** The body is the text that is looked for; the page stands in the query. */
function shortSearch(call: Call, table: Table, SearchType: string): Reply {
  const Criteria = readBody(call.request, z.coerce.string());
  const asked = (name: string): number | undefined => {
    const value = parameter(call, `pageRequest.${name}`) ?? parameter(call, name);
    return value === undefined || !Number.isInteger(Number(value)) ? undefined : Number(value);
  };
  const search = { PageSize: asked('pageSize'), StartRow: asked('startRow') };
  return answer(call, table, { Criteria: [{ SearchType, MatchType: 'StartsWith', Criteria }], ...search });
}

const routesOf = (table: Table): Route[] => {
  const search = { method: 'POST', needs: [table], isSearch: true } as const;
  return [
    {
      ...search,
      path: `${table}/search`,
      answer: (call) => answer(call, table, readBody(call.request, searchRequest)),
    },
    ...Object.entries(SHORT[table]).map(([path, type]): Route => ({
      ...search,
      path: `${table}/search/${path}`,
      answer: (call) => shortSearch(call, table, type),
    })),
  ];
};

export const SEARCH_ROUTES: readonly Route[] = [...routesOf('accounts'), ...routesOf('contacts')];
