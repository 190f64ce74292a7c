import { createAdapter } from './adapter.ts';
import { KASEYA_BMS, PULSEWAY, VOREX } from './products.ts';

export const kaseyaBms = createAdapter(KASEYA_BMS);
export const vorex = createAdapter(VOREX);
export const pulseway = createAdapter(PULSEWAY);
