import { createRandom, type Random } from '../../random.ts';
import { ANSWERS, CUSTOM_VALUES } from '../read/computed.ts';
import type { Row } from '../store/row.ts';
import type { Store } from '../store/store.ts';
import type { SeededCompany } from './companies.ts';
import { DEVICE_KINDS, DEVICE_TYPES, MANUFACTURERS, type DeviceKind } from '../../msp/device-kinds.ts';
import { DEVICE_NOTES, fillForm, macAddress, serialNumber } from '../../msp/devices.ts';
import { dateAgo, daysAgo } from '../../msp/epoch.ts';
import { oddly } from '../../msp/odd-text.ts';
import { weightedPicker } from '../../msp/sizes.ts';
import { seededInfo } from './info.ts';

const ACTIVE = 1;
const OTHER_STATUSES = [2, 3, 4, 5, 6, 6, 7] as const;
const CLOSED = 6;

/** Devices, nearly all of them at clients. */
export function seedConfigurations(
  store: Store,
  companies: readonly SeededCompany[],
  seed: number,
  count: number,
): void {
  const random = createRandom(seed, 'configurations');
  const configurations = store.collection('configurations');
  const pickCompany = weightedPicker(
    companies.map(({ deviceWeight }) => deviceWeight),
    random.next,
  );
  const pickKind = weightedPicker(
    DEVICE_KINDS.map(({ share }) => share),
    random.next,
  );
  let id = 300;
  let previous: Row | undefined;
  for (let n = 0; n < count; n++) {
    id += random.integer(1, 2);
    const company = companies[pickCompany()];
    const kind = DEVICE_KINDS[pickKind()];
    if (!company || !kind) continue;
    const row = deviceOf(store, company, kind, random, id);
    // Entered twice, by the RMM and by hand: same name, or same serial, or the MAC of a shared docking station.
    if (previous && random.chance(0.004)) row['serialNumber'] = previous['serialNumber'];
    if (previous && random.chance(0.004)) row['macAddress'] = previous['macAddress'];
    if (previous && random.chance(0.004)) Object.assign(row, { name: previous['name'], company: previous['company'] });
    configurations.add(row);
    previous = row;
  }
  hostVirtualServers(store, random);
}

function deviceOf(
  store: Store,
  { row: company, code, domain }: SeededCompany,
  kind: DeviceKind,
  random: Random,
  id: number,
): Row {
  const [manufacturer, model, serialForm] = random.pick(kind.models);
  const sites = store.collection('sites').by('company', company.id);
  const contacts = store.collection('contacts').by('company', company.id);
  const status = random.chance(0.82) ? ACTIVE : random.pick(OTHER_STATUSES);
  const contact = contacts.length > 0 && random.chance(0.35) ? random.pick(contacts) : undefined;
  const site = sites.length > 0 && random.chance(0.7) ? random.pick(sites) : undefined;
  const system = kind.systems.length > 0 ? random.pick(kind.systems) : undefined;
  const purchased = dateAgo(random, 2500);
  const name = kind.type === 'Domain' ? domain : fillForm(random, random.pick(kind.names), code);
  const row: Row = {
    id,
    _info: seededInfo(random, kind.automated),
    name: oddly(random, name, 100, 0.003),
    type: store.reference('configurationTypes', DEVICE_TYPES.indexOf(kind.type) + 1),
    status: store.reference('configurationStatuses', status),
    company: store.collection('companies').reference(company),
    contact: contact && store.collection('contacts').reference(contact),
    site: site && store.collection('sites').reference(site),
    locationId: 1,
    location: store.reference('systemLocations', 1),
    businessUnitId: 1,
    department: store.reference('systemDepartments', 1),
    deviceIdentifier: kind.automated ? String(20_000 + id) : undefined,
    serialNumber: serialNumber(random, serialForm),
    modelNumber: model && random.chance(0.9) ? model : undefined,
    tagNumber: random.chance(0.2) ? `T${random.integer(1000, 99_999)}` : undefined,
    purchaseDate: random.chance(0.6) ? purchased : undefined,
    installationDate: random.chance(0.3) ? purchased : undefined,
    warrantyExpirationDate: random.chance(0.5) ? dateAgo(random, 1200, -900) : undefined,
    notes: random.chance(0.12) ? random.pick(DEVICE_NOTES) : undefined,
    macAddress: kind.network ? macAddress(random) : undefined,
    ipAddress:
      kind.network && random.chance(0.8)
        ? `10.${random.integer(0, 40)}.${random.integer(0, 9)}.${random.integer(2, 254)}`
        : undefined,
    lastLoginName: kind.automated && random.chance(0.8) ? `${code}\\${random.pick(LOGINS)}` : undefined,
    osType: system,
    osInfo: system && random.chance(0.6) ? `${system} (${random.integer(10_240, 22_631)})` : undefined,
    cpuSpeed: kind.automated
      ? random.pick(['Intel Core i5-12500', 'Intel Core i7-1365U', 'Xeon Silver 4310'])
      : undefined,
    ram: kind.automated ? `${random.pick([8, 16, 16, 32, 128])} GB` : undefined,
    lastBackupDate: kind.type.includes('Server') ? daysAgo(random, 5) : undefined,
    manufacturer: random.chance(0.92)
      ? store.reference('manufacturers', MANUFACTURERS.indexOf(manufacturer) + 1)
      : undefined,
    activeFlag: status < CLOSED,
    billFlag: kind.automated,
    displayVendorFlag: true,
    companyLocationId: 11,
    showRemoteFlag: false,
    showAutomateFlag: kind.automated,
    needsRenewalFlag: false,
  };
  if (random.chance(0.1)) row[CUSTOM_VALUES] = { 7: random.chance(0.5) };
  const questions = store.collection('questions').by('configurationType', DEVICE_TYPES.indexOf(kind.type) + 1);
  const [first] = questions;
  if (first && random.chance(0.6))
    row[ANSWERS] = { [first.id]: random.pick(['Veeam', 'Datto', 'Yes', 'See contract']) };
  return row;
}

const LOGINS = ['jdoe', 'frontdesk', 'asmith', 'reception', 'admin', 'mgarcia'];

/** Some servers run on another one of the same company. */
function hostVirtualServers(store: Store, random: Random): void {
  const server = DEVICE_TYPES.indexOf('Managed Server') + 1;
  const hosts = new Map<unknown, number>();
  for (const row of store.collection('configurations').all()) {
    if ((row['type'] as { id: number }).id !== server) continue;
    const host = hosts.get(row['company']);
    if (host === undefined) hosts.set(row['company'], row.id);
    else if (random.chance(0.4)) row['parentConfigurationId'] = host;
  }
}
