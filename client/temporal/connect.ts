import { Client, Connection, type ConnectionOptions } from '@temporalio/client';

/** Where Temporal is, and how to get in. */
export interface TemporalAddress {
  readonly address: string;
  readonly namespace: string;
  readonly connection?: Omit<ConnectionOptions, 'address'>;
}

/** Nothing answered at the address in time. */
export class TemporalUnreachable extends Error {
  override readonly name = 'TemporalUnreachable';
}

const CONNECT_SECONDS = 10;

/** A client that connects when it is first used, and finds its way back within seconds when the server was away; the default waits up to a quarter of a minute. */
export function temporalClient({ address, namespace, connection }: TemporalAddress): Client {
  const opened = Connection.lazy({
    ...connection,
    address,
    connectTimeout: `${CONNECT_SECONDS} seconds`,
    channelArgs: { 'grpc.initial_reconnect_backoff_ms': 200, 'grpc.max_reconnect_backoff_ms': 1000 },
  });
  return new Client({ connection: opened, namespace });
}

/** The same, connected. */
export async function connectTemporal(where: TemporalAddress): Promise<Client> {
  const client = temporalClient(where);
  await (client.connection as Connection).ensureConnected().catch((error: unknown) => {
    // The SDK's own words name no address and carry no code.
    if (!(error instanceof Error) || !error.message.includes('before the deadline')) throw error;
    const words = `Temporal at ${where.address} did not answer within ${CONNECT_SECONDS} s.`;
    throw new TemporalUnreachable(words, { cause: error });
  });
  return client;
}
