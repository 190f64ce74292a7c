import { createAutotask } from './autotask/index.ts';
import { createConnectWise } from './connectwise/index.ts';
import { createKaseyaBms, createPulseway, createVorex } from './kaseya-bms/index.ts';
import { createTigerpaw } from './tigerpaw/index.ts';
import type { PsaOptions, SimulatedPsa } from './psa.ts';

/** The PSAs that can be simulated: one line each. */
export const PSAS = {
  connectwise: createConnectWise,
  autotask: createAutotask,
  'kaseya-bms': createKaseyaBms,
  vorex: createVorex,
  pulseway: createPulseway,
  tigerpaw: createTigerpaw,
} as const satisfies Record<string, (options: PsaOptions) => SimulatedPsa>;

export type PsaName = keyof typeof PSAS;
