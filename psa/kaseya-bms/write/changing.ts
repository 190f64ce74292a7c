import { inRequests } from '../../write/in-requests.ts';
import type { BmsClient, ChangeRequest } from '../client.ts';

type Single = Omit<ChangeRequest, 'beforeWrite' | 'signal'>;

/** Sends one changing request. */
export type Change = (request: Single) => Promise<unknown>;

/** Changes the PSA in several requests of one write. */
export function changing<T>(
  client: BmsClient,
  { beforeWrite, signal }: Pick<ChangeRequest, 'beforeWrite' | 'signal'>,
  work: (change: Change) => Promise<T>,
): Promise<T> {
  return inRequests((request: Single) => client.change({ ...request, beforeWrite, signal }), work);
}
