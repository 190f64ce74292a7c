import { forbidden } from '../answers.ts';
import type { Route } from './route.ts';

const LEFT_OUT: readonly (readonly [method: Route['method'], ...paths: string[]])[] = [
  ['POST', 'accounts/search/agreement', 'accounts/search/customfield', 'accounts/search/externalid'],
  ['POST', 'accounts/search/name/soundslike', 'contacts/search/customfield'],
  ['POST', 'contacts/search/firstname/soundslike', 'contacts/search/lastname/soundslike'],
  ['GET', 'accounts/{}/assets/customer', 'accounts/{}/assets/managed'],
  ['GET', 'accounts/{}/customfields', 'contacts/{}/customfields', 'accounts/{}/service/systems'],
  ['PUT', 'accounts/{}/customfields', 'contacts/{}/customfields', 'accounts/{}/service/systems/default'],
  ['POST', 'accounts/{}/service/systems', 'contacts/{}/accounts/{}/link'],
  ['DELETE', 'accounts/{}/service/systems'],
  ['GET', 'mastertables/assettypes', 'mastertables/systems', 'mastertables/systemtypes'],
];

/** What the vendor has and is not simulated: answered as to a rep whose security role does not reach it. */
export const LEFT_OUT_ROUTES: readonly Route[] = LEFT_OUT.flatMap(([method, ...paths]) =>
  paths.map((path): Route => ({ method, path, needs: [], answer: forbidden })),
);
