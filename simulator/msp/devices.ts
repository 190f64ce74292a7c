import type { Random } from '../random.ts';

const LETTERS = '0123456789ABCDEFGHJKLMNPQRSTUVWXYZ';

const SIGNS: Readonly<Record<string, (random: Random, code: string) => string>> = {
  '@': (random) => String(random.integer(0, 9)),
  '#': (random) => String(random.integer(1, 4)),
  '!': (random) => random.integer(0, 15).toString(16),
  '?': (random) => LETTERS.charAt(random.integer(0, LETTERS.length - 1)),
  '~': (_, code) => code,
};

/** Fills a form: `@` a digit, `#` a small number, `!` a hex digit, `?` a letter or digit, `~` the company's code. */
export function fillForm(random: Random, form: string, code: string): string {
  return form.replace(/[@#!?~]/g, (sign) => SIGNS[sign]?.(random, code) ?? sign);
}

const NO_SERIALS = [
  'To be filled by O.E.M.',
  'Default string',
  'System Serial Number',
  '0',
  'N/A',
  'None',
  'Not Specified',
];

/** A serial number as it is found: mostly there, sometimes blank, sometimes what the factory left in. */
export function serialNumber(random: Random, form: string): string | undefined {
  if (form === '' || random.chance(0.14)) return undefined;
  return random.chance(0.02) ? random.pick(NO_SERIALS) : fillForm(random, form, '');
}

/** A MAC address in one of the ways that people and tools write it. */
export function macAddress(random: Random): string | undefined {
  if (random.chance(0.25)) return undefined;
  if (random.chance(0.01)) return '00:00:00:00:00:00';
  const bytes = Array.from({ length: 6 }, () => random.integer(0, 255).toString(16).padStart(2, '0'));
  // Vendors' prefixes are not random; a few keep it believable.
  bytes.splice(0, 3, ...random.pick(['00155d', 'd4bed9', '3c5282', '005056', 'b4fbe4']).match(/../g)!);
  const style = random.next();
  if (style < 0.6) return bytes.join(':').toUpperCase();
  if (style < 0.78) return bytes.join('-').toUpperCase();
  if (style < 0.88) return bytes.join('').toUpperCase();
  if (style < 0.94) return bytes.join('').replace(/(.{4})(?=.)/g, '$1.');
  // Two addresses cut off at the field's 25 characters.
  return `${bytes.join(':')}, ${bytes.toReversed().join(':')}`.slice(0, 25);
}

/** What technicians write about devices. */
export const DEVICE_NOTES = [
  'Replaced power supply.\r\nOld one returned to vendor.',
  'Lease ends in Q4 – ask Dana.',
  'User reports slow boot. Überprüfen!',
  'DO NOT REBOOT during business hours ⚠️',
];
