import { z } from 'zod';
import type { Reply } from '../../psa.ts';
import { ACCOUNT, PHONE_NUMBER } from '../fields.ts';
import { PHONES, SHIP_TOS, withPart } from '../parts.ts';
import { checkRequired, readBody } from '../read-body.ts';
import { accountDetail, accountSummary } from '../views.ts';
import { asFax, asPrimary, partRoutes } from './parts.ts';
import { done, insert, ok, refuse, rowAt, update, type Call, type Route } from './route.ts';

type Account = z.output<typeof ACCOUNT.fields>;

const newAccount = z.object({ Account: ACCOUNT.fields, PrimaryPhoneNumber: PHONE_NUMBER.fields.nullish() });

/** Types and statuses stand in accounts by their names, which must be in the master tables. */
function checked({ context: { tables } }: Call, account: Account): Account {
  const isKnown = (table: 'accountTypes' | 'accountStatuses', name: unknown): boolean =>
    tables
      .collection(table)
      .all()
      .some(({ Value }) => Value === name);
  checkRequired(ACCOUNT, account);
  const { AccountType, Status } = account;
  if (!isKnown('accountTypes', AccountType)) throw refuse(`Account type ${AccountType} does not exist.`);
  if (!isKnown('accountStatuses', Status)) throw refuse(`Account status ${Status} does not exist.`);
  return account;
}

function create(call: Call): Reply {
  const { Account, PrimaryPhoneNumber: phone } = readBody(call.request, newAccount);
  const values = { ...checked(call, Account), ParentAccountNumber: null, PhoneNumbers: [], ShipTos: [] };
  if (phone) checkRequired(PHONE_NUMBER, phone);
  const row = insert(call, 'accounts', values);
  if (phone) update(call, 'accounts', row, { PhoneNumbers: withPart(row.id, [], PHONES, phone).parts });
  return done({ AccountSummary: accountSummary(call.context.tables, row) });
}

/** All fields at once: what is not given becomes blank. */
function replace(call: Call): Reply {
  const row = rowAt(call, 'accounts');
  update(call, 'accounts', row, checked(call, readBody(call.request, ACCOUNT.fields)));
  return done({ AccountSummary: accountSummary(call.context.tables, row) });
}

const read =
  (view: typeof accountSummary): Route['answer'] =>
  (call) =>
    ok(view(call.context.tables, rowAt(call, 'accounts')));

export const ACCOUNT_ROUTES: readonly Route[] = [
  { method: 'POST', path: 'accounts', needs: ['accounts', 'changes'], answer: create },
  { method: 'GET', path: 'accounts/{}', needs: ['accounts'], answer: read(accountSummary) },
  { method: 'PUT', path: 'accounts/{}', needs: ['accounts', 'changes'], answer: replace },
  { method: 'GET', path: 'accounts/{}/details', needs: ['accounts'], answer: read(accountDetail) },
  ...partRoutes('accounts', 'phonenumbers', PHONES, { primaryphone: asPrimary, primaryfax: asFax }),
  ...partRoutes('accounts', 'accounting/shiptos', SHIP_TOS, { primary: asPrimary }),
];
