import type { Random } from '../../random.ts';
import { type CONFIGURATION_TYPES } from './lookup-rows.ts';

type TypeName = (typeof CONFIGURATION_TYPES)[number];

/** What a kind of device looks like. `fill` says what the signs in names stand for. */
export interface DeviceKind {
  readonly type: TypeName;
  readonly share: number;
  readonly names: readonly string[];
  /** Manufacturer id, model and the serial number's form. */
  readonly models: readonly (readonly [manufacturer: number, model: string, serial: string])[];
  readonly systems: readonly string[];
  /** An RMM keeps it up to date. */
  readonly automated: boolean;
  readonly network: boolean;
}

const DELL = 1;
const HP = 2;
const LENOVO = 3;
const WINDOWS = ['Windows 11 Pro x64', 'Windows 10 Pro x64', 'Windows 11 Enterprise x64'];
const SERVERS = [
  'Windows Server 2022 Standard x64',
  'Windows Server 2019 Standard x64',
  'Windows Server 2016 Standard x64',
];
const PC_MODELS: DeviceKind['models'] = [
  [DELL, 'OptiPlex 7010', '???????'],
  [DELL, 'Precision 3660', '???????'],
  [HP, 'EliteDesk 800 G9', '5CG@@@@???'],
  [LENOVO, 'ThinkCentre M70q', 'PF@?????'],
];
const LAPTOP_MODELS: DeviceKind['models'] = [
  [DELL, 'Latitude 5540', '???????'],
  [HP, 'EliteBook 840 G10', '5CD@@@@???'],
  [LENOVO, 'ThinkPad T14 Gen 4', 'PF@?????'],
  [4, 'Surface Laptop 5', '@@@@@@@@@@@@'],
  [5, 'MacBook Pro 14', 'C02?????????'],
];
const SERVER_MODELS: DeviceKind['models'] = [
  [DELL, 'PowerEdge R750', '???????'],
  [HP, 'ProLiant DL380 Gen10', 'CZ@@@@@???'],
  [15, 'VMware Virtual Platform', 'VMware-56 4d 5! 1c 8! f0 3! 2b-9! 4e 7! d1 0! 6a 2! c8'],
];
const SERVER_NAMES = [
  '~-DC0#',
  '~-FS0#',
  '~-SQL0#',
  '~-HV0#',
  '~-RDS0#',
  'DC0#',
  'FS01',
  'EXCH01',
  '~-APP0#',
  '~-BDR01',
];

export const DEVICE_KINDS: readonly DeviceKind[] = [
  {
    type: 'Managed Workstation',
    share: 0.36,
    names: ['~-WS@@', '~-PC@@@', 'DESKTOP-???????', '~-FRONTDESK@'],
    models: PC_MODELS,
    systems: WINDOWS,
    automated: true,
    network: true,
  },
  {
    type: 'Laptop',
    share: 0.22,
    names: ['LAPTOP-????????', '~-LT@@', 'DESKTOP-???????', '~-NB@@@'],
    models: LAPTOP_MODELS,
    systems: [...WINDOWS, 'macOS 14.4'],
    automated: true,
    network: true,
  },
  {
    type: 'Workstation',
    share: 0.12,
    names: ['WS@@', 'Reception PC', '~-OLDPC@', 'DESKTOP-???????'],
    models: PC_MODELS,
    systems: WINDOWS,
    automated: false,
    network: true,
  },
  {
    type: 'Managed Server',
    share: 0.08,
    names: SERVER_NAMES,
    models: SERVER_MODELS,
    systems: SERVERS,
    automated: true,
    network: true,
  },
  {
    type: 'Server',
    share: 0.02,
    names: SERVER_NAMES,
    models: SERVER_MODELS,
    systems: SERVERS,
    automated: false,
    network: true,
  },
  {
    type: 'Printer',
    share: 0.05,
    names: ['HP LaserJet - Front Desk', 'Canon iR - Copy Room', 'Brother HL - Accounting', 'PRN0#'],
    models: [
      [HP, 'LaserJet M404dn', 'PHB@@@@@@@'],
      [12, 'imageRUNNER C3530i', '2??@@@@@'],
      [11, 'HL-L6200DW', 'U6@@@@????@@@@@'],
    ],
    systems: [],
    automated: false,
    network: true,
  },
  {
    type: 'Switch',
    share: 0.04,
    names: ['~-SW0#', 'SW-IDF@-0#', 'Core Switch'],
    models: [
      [6, 'Catalyst 9200L-24P', 'FOC2@@@????'],
      [9, 'USW-Pro-48-PoE', '????????????'],
      [10, '2930F 48G', 'CN@@@@@@??'],
    ],
    systems: [],
    automated: false,
    network: true,
  },
  {
    type: 'Firewall',
    share: 0.03,
    names: ['~-FW01', 'FW0#', '~ Firewall'],
    models: [
      [7, 'FortiGate 60F', 'FGT60FTK@@@@@@@@'],
      [8, 'TZ370', '2CB8ED@@@@@@'],
      [6, 'Meraki MX67', 'Q2??-????-????'],
    ],
    systems: ['FortiOS 7.2', 'SonicOS 7.1'],
    automated: false,
    network: true,
  },
  {
    type: 'Access Point',
    share: 0.03,
    names: ['AP-Lobby', 'AP0#', '~-AP@@', 'AP-Warehouse'],
    models: [
      [9, 'U6-Pro', '????????????'],
      [6, 'Meraki MR46', 'Q3??-????-????'],
    ],
    systems: [],
    automated: false,
    network: true,
  },
  {
    type: 'Mobile Device',
    share: 0.02,
    names: ['iPhone', 'iPad - Sales @', 'Galaxy S23'],
    models: [
      [5, 'iPhone 14', 'F?????????'],
      [17, 'Galaxy S23', 'R5C???????'],
    ],
    systems: ['iOS 17', 'Android 14'],
    automated: false,
    network: false,
  },
  {
    type: 'NAS',
    share: 0.01,
    names: ['~-NAS01', 'NAS'],
    models: [[13, 'DS923+', '22@@???@@@@']],
    systems: ['DSM 7.2'],
    automated: false,
    network: true,
  },
  {
    type: 'UPS',
    share: 0.01,
    names: ['~-UPS0#', 'Server Room UPS'],
    models: [[14, 'Smart-UPS 1500', 'AS@@@@@@@@@@']],
    systems: [],
    automated: false,
    network: false,
  },
  {
    type: 'Phone System',
    share: 0.005,
    names: ['Phone System', '~-PBX'],
    models: [[16, 'P560', '80@@@@@@@@@@']],
    systems: [],
    automated: false,
    network: true,
  },
  {
    type: 'Domain',
    share: 0.003,
    names: ['~ domain'],
    models: [[18, '', '']],
    systems: [],
    automated: false,
    network: false,
  },
  {
    type: 'SSL Certificate',
    share: 0.002,
    names: ['*.~.com'],
    models: [[19, '', '']],
    systems: [],
    automated: false,
    network: false,
  },
];

const LETTERS = '0123456789ABCDEFGHJKLMNPQRSTUVWXYZ';

const SIGNS: Readonly<Record<string, (random: Random, code: string) => string>> = {
  '@': (random) => String(random.integer(0, 9)),
  '#': (random) => String(random.integer(1, 4)),
  '!': (random) => random.integer(0, 15).toString(16),
  '?': (random) => LETTERS.charAt(random.integer(0, LETTERS.length - 1)),
  '~': (_, code) => code,
};

/** Fills a form: `@` a digit, `#` a small number, `!` a hex digit, `?` a letter or digit, `~` the company's code. */
export function fill(random: Random, form: string, code: string): string {
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
  return random.chance(0.02) ? random.pick(NO_SERIALS) : fill(random, form, '');
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
