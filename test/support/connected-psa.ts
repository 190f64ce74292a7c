import { demoAdapter } from '../../psa/registry.ts';
import type { PsaName, RunningSimulator } from '../../simulator/start.ts';

/** A simulated PSA as a tenant is connected to it. */
export interface ConnectedPsa {
  readonly provider: string;
  readonly simulator: PsaName;
  /** Settings of the simulator, where its defaults are about something else than tests of all PSAs. */
  readonly simulated?: Readonly<Record<string, unknown>>;
  /** Choices of what is read. */
  readonly pull?: Readonly<Record<string, string>>;
  /** What is entered to connect; default: `address` with the simulator's url, and its credentials by their names. */
  entered?(simulator: Entrance): Readonly<Record<string, string>>;
}

/** What a running simulator says of itself. */
type Entrance = Pick<RunningSimulator, 'url' | 'apiUrl' | 'credentials'>;

/** What tests work with that are about no PSA in particular. */
export const ANY_PSA: ConnectedPsa = {
  provider: demoAdapter.provider,
  simulator: demoAdapter.provider as PsaName,
};

export const enteredFor = ({ entered }: ConnectedPsa, simulator: Entrance): Readonly<Record<string, string>> =>
  entered?.(simulator) ?? { address: simulator.url, ...simulator.credentials };
