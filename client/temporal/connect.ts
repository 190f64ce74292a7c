import { Client, Connection, type ConnectionOptions } from '@temporalio/client';

/** Where Temporal is, and how to get in. */
export interface TemporalAddress {
  readonly address: string;
  readonly namespace: string;
  readonly connection?: Omit<ConnectionOptions, 'address'>;
}

/** Opens a client that finds its way back within seconds when the server was away; the default waits up to a quarter of a minute. */
export async function connectTemporal({ address, namespace, connection }: TemporalAddress): Promise<Client> {
  const opened = await Connection.connect({
    ...connection,
    address,
    connectTimeout: '10 seconds',
    channelArgs: { 'grpc.initial_reconnect_backoff_ms': 200, 'grpc.max_reconnect_backoff_ms': 1000 },
  });
  return new Client({ connection: opened, namespace });
}
