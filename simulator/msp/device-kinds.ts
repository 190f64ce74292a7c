/** Words for what a device is, as an MSP that has been at it for long uses them. */
export const DEVICE_TYPES = [
  'Workstation',
  'Managed Workstation',
  'Laptop',
  'Server',
  'Managed Server',
  'Firewall',
  'Switch',
  'Access Point',
  'Printer',
  'NAS',
  'UPS',
  'Mobile Device',
  'Phone System',
  'Domain',
  'SSL Certificate',
  'License',
] as const;

export type DeviceType = (typeof DEVICE_TYPES)[number];

export const MANUFACTURERS = [
  ...(['Dell', 'HP', 'Lenovo', 'Microsoft', 'Apple', 'Cisco', 'Fortinet', 'SonicWall', 'Ubiquiti', 'Aruba'] as const),
  ...(['Brother', 'Canon', 'Synology', 'APC', 'VMware', 'Yealink', 'Samsung', 'GoDaddy', 'DigiCert'] as const),
  'Generic',
] as const;

type Manufacturer = (typeof MANUFACTURERS)[number];

/** What a kind of device looks like. `fillForm` says what the signs in names stand for. */
export interface DeviceKind {
  readonly type: DeviceType;
  readonly share: number;
  readonly names: readonly string[];
  /** Manufacturer, model and the serial number's form. */
  readonly models: readonly (readonly [manufacturer: Manufacturer, model: string, serial: string])[];
  readonly systems: readonly string[];
  /** An RMM keeps it up to date. */
  readonly automated: boolean;
  readonly network: boolean;
}

const WINDOWS = ['Windows 11 Pro x64', 'Windows 10 Pro x64', 'Windows 11 Enterprise x64'];
const SERVERS = [
  'Windows Server 2022 Standard x64',
  'Windows Server 2019 Standard x64',
  'Windows Server 2016 Standard x64',
];
const PC_MODELS: DeviceKind['models'] = [
  ['Dell', 'OptiPlex 7010', '???????'],
  ['Dell', 'Precision 3660', '???????'],
  ['HP', 'EliteDesk 800 G9', '5CG@@@@???'],
  ['Lenovo', 'ThinkCentre M70q', 'PF@?????'],
];
const LAPTOP_MODELS: DeviceKind['models'] = [
  ['Dell', 'Latitude 5540', '???????'],
  ['HP', 'EliteBook 840 G10', '5CD@@@@???'],
  ['Lenovo', 'ThinkPad T14 Gen 4', 'PF@?????'],
  ['Microsoft', 'Surface Laptop 5', '@@@@@@@@@@@@'],
  ['Apple', 'MacBook Pro 14', 'C02?????????'],
];
const SERVER_MODELS: DeviceKind['models'] = [
  ['Dell', 'PowerEdge R750', '???????'],
  ['HP', 'ProLiant DL380 Gen10', 'CZ@@@@@???'],
  ['VMware', 'VMware Virtual Platform', 'VMware-56 4d 5! 1c 8! f0 3! 2b-9! 4e 7! d1 0! 6a 2! c8'],
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
      ['HP', 'LaserJet M404dn', 'PHB@@@@@@@'],
      ['Canon', 'imageRUNNER C3530i', '2??@@@@@'],
      ['Brother', 'HL-L6200DW', 'U6@@@@????@@@@@'],
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
      ['Cisco', 'Catalyst 9200L-24P', 'FOC2@@@????'],
      ['Ubiquiti', 'USW-Pro-48-PoE', '????????????'],
      ['Aruba', '2930F 48G', 'CN@@@@@@??'],
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
      ['Fortinet', 'FortiGate 60F', 'FGT60FTK@@@@@@@@'],
      ['SonicWall', 'TZ370', '2CB8ED@@@@@@'],
      ['Cisco', 'Meraki MX67', 'Q2??-????-????'],
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
      ['Ubiquiti', 'U6-Pro', '????????????'],
      ['Cisco', 'Meraki MR46', 'Q3??-????-????'],
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
      ['Apple', 'iPhone 14', 'F?????????'],
      ['Samsung', 'Galaxy S23', 'R5C???????'],
    ],
    systems: ['iOS 17', 'Android 14'],
    automated: false,
    network: false,
  },
  {
    type: 'NAS',
    share: 0.01,
    names: ['~-NAS01', 'NAS'],
    models: [['Synology', 'DS923+', '22@@???@@@@']],
    systems: ['DSM 7.2'],
    automated: false,
    network: true,
  },
  {
    type: 'UPS',
    share: 0.01,
    names: ['~-UPS0#', 'Server Room UPS'],
    models: [['APC', 'Smart-UPS 1500', 'AS@@@@@@@@@@']],
    systems: [],
    automated: false,
    network: false,
  },
  {
    type: 'Phone System',
    share: 0.005,
    names: ['Phone System', '~-PBX'],
    models: [['Yealink', 'P560', '80@@@@@@@@@@']],
    systems: [],
    automated: false,
    network: true,
  },
  {
    type: 'Domain',
    share: 0.003,
    names: ['~ domain'],
    models: [['GoDaddy', '', '']],
    systems: [],
    automated: false,
    network: false,
  },
  {
    type: 'SSL Certificate',
    share: 0.002,
    names: ['*.~.com'],
    models: [['DigiCert', '', '']],
    systems: [],
    automated: false,
    network: false,
  },
];
