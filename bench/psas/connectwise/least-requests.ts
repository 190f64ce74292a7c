import { type Kind, KINDS } from '../../../domain/kinds.ts';
import type { Requests } from './requests.ts';

/** What a run made of a kind. */
interface KindCount {
  /** Records that the PSA gave. */
  readonly read: number;
  /** Of them inside the gate and tied to a record of ours. */
  readonly tied: number;
}

export type KindCounts = Readonly<Partial<Record<Kind, KindCount>>>;

export interface RequestCounts {
  readonly lists: number;
  readonly sites: number;
  readonly reference: number;
}

/** Largest page that ConnectWise gives. */
const PAGE_SIZE = 1_000;

export function countRequests(requests: Requests): RequestCounts {
  const { organization, contact, configuration, location, reference } = requests;
  return {
    lists: organization.length + contact.length + configuration.length,
    sites: location.length,
    reference: reference.length,
  };
}

/**
 * With fewer requests the same records can't be read: full pages of lists and one of an empty list, the sites of each
 * company inside the gate, each list of types and statuses once.
 */
export function leastRequests(counts: KindCounts, requests: Requests): RequestCounts {
  const pages = KINDS.filter((kind) => kind !== 'location').map((kind) => {
    const count = counts[kind];
    return count ? Math.max(1, Math.ceil(count.read / PAGE_SIZE)) : 0;
  });
  return {
    lists: pages.reduce((sum, some) => sum + some, 0),
    sites: counts.location ? (counts.organization?.tied ?? requests.location.length) : 0,
    reference: new Set(requests.reference).size,
  };
}
