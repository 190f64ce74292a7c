import { Client, Connection, type ConnectionOptions } from '@temporalio/client';

/** Where Temporal is, and how to get in. */
export interface TemporalAddress {
  readonly address: string;
  readonly namespace: string;
  readonly connection?: Omit<ConnectionOptions, 'address'>;
}

/** A client that connects when it is first used, and finds its way back within seconds when the server was away; the default waits up to a quarter of a minute. */
export function temporalClient({ address, namespace, connection }: TemporalAddress): Client {
  const opened = Connection.lazy({
    ...connection,
    address,
    connectTimeout: '10 seconds',
    channelArgs: { 'grpc.initial_reconnect_backoff_ms': 200, 'grpc.max_reconnect_backoff_ms': 1000 },
  });
  return new Client({ connection: opened, namespace });
}

/** The same, connected. */
export async function connectTemporal(address: TemporalAddress): Promise<Client> {
  const client = temporalClient(address);
  await (client.connection as Connection).ensureConnected();
  return client;
}
