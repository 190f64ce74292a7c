import { onTestFinished } from 'vitest';
import { kaseyaBms } from '../../../psa/kaseya-bms/index.ts';
import { startSimulator, type SimulatorOptions } from '../../../simulator/start.ts';
import { localHttp } from './local-server.ts';

/** A simulated Kaseya BMS and a way to connect to it; closed with the test. */
export async function simulatedBms(options: SimulatorOptions = {}) {
  const simulator = await startSimulator('kaseya-bms', { size: 300, ...options });
  onTestFinished(() => simulator.close());
  const connection = kaseyaBms.connectionSchema.parse({ address: simulator.url, ...simulator.credentials });
  const http = localHttp({ origins: kaseyaBms.origins(connection) });
  const connect = () => kaseyaBms.connect({ connection, http });
  const paths = () => simulator.admin.requests().requests.map(({ path }) => path);
  return { simulator, admin: simulator.admin, connect, paths };
}

/** A request for the first page of devices of some accounts. */
export const devicesOf = (accounts: readonly string[]) =>
  ({
    kind: 'configuration',
    cursor: null,
    ticked: { types: [], statuses: ['1'] },
    parents: () => Promise.resolve(accounts),
  }) as const;
