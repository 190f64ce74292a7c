import type { Random } from '../random.ts';
import { DEVICE_KINDS, type DeviceKind } from './device-kinds.ts';
import { DEVICE_NOTES, fillForm, macAddress, serialNumber } from './devices.ts';
import type { DrawnCompany } from './draw-companies.ts';
import { dateAgo, seededTimes } from './epoch.ts';
import type { MspContact, MspDevice, MspSite } from './msp.ts';
import { oddly } from './odd-text.ts';
import { placesByCompany } from './places-by-company.ts';
import { weightedPicker } from './sizes.ts';

/** Devices, nearly all of them at clients; some entered twice, by the RMM and by hand. */
export function drawDevices(
  random: Random,
  companies: readonly DrawnCompany[],
  sites: readonly MspSite[],
  contacts: readonly MspContact[],
  count: number,
): MspDevice[] {
  const pickCompany = weightedPicker(
    companies.map(({ deviceWeight }) => deviceWeight),
    random.next,
  );
  const pickKind = weightedPicker(
    DEVICE_KINDS.map(({ share }) => share),
    random.next,
  );
  const [sitesOf, contactsOf] = [placesByCompany(sites), placesByCompany(contacts)];
  const devices: MspDevice[] = [];
  while (devices.length < count) {
    const company = pickCompany();
    const [at, kind] = [companies[company], DEVICE_KINDS[pickKind()]];
    if (!at || !kind) break;
    const [places, people] = [sitesOf(company), contactsOf(company)];
    const site = places.length > 0 && random.chance(0.7) ? random.pick(places) : undefined;
    const contact = people.length > 0 && random.chance(0.35) ? random.pick(people) : undefined;
    const device: MspDevice = {
      ...deviceOf(random, at, kind),
      company,
      ...(site !== undefined && { site }),
      ...(contact !== undefined && { contact }),
    };
    devices.push(twinOf(random, devices.at(-1), device));
  }
  return devices;
}

/** The device, in a small share of cases with the serial number, MAC address or name of the one before. */
function twinOf(random: Random, before: MspDevice | undefined, device: MspDevice): MspDevice {
  const [serial, mac, name] = [random.chance(0.004), random.chance(0.004), random.chance(0.004)];
  if (!before) return device;
  return {
    ...device,
    ...(serial && before.serial !== undefined && { serial: before.serial }),
    ...(mac && before.mac !== undefined && { mac: before.mac }),
    ...(name && before.company === device.company && { name: before.name }),
  };
}

function deviceOf(random: Random, { code, company }: DrawnCompany, kind: DeviceKind): Omit<MspDevice, 'company'> {
  const [manufacturer, model, serialForm] = random.pick(kind.models);
  const name = kind.type === 'Domain' ? company.domain : fillForm(random, random.pick(kind.names), code);
  const serial = serialNumber(random, serialForm);
  const mac = kind.network ? macAddress(random) : undefined;
  const purchased = dateAgo(random, 2500);
  return {
    ...seededTimes(random, kind.automated),
    type: kind.type,
    active: !random.chance(0.09),
    name: oddly(random, name, 100, 0.003),
    ...(random.chance(0.92) && { manufacturer }),
    ...(model !== '' && random.chance(0.9) && { model }),
    ...(serial !== undefined && { serial }),
    ...(mac !== undefined && { mac }),
    ...(kind.network &&
      random.chance(0.8) && {
        ip: `10.${random.integer(0, 40)}.${random.integer(0, 9)}.${random.integer(2, 254)}`,
      }),
    ...(kind.systems.length > 0 && { system: random.pick(kind.systems) }),
    ...(random.chance(0.2) && { assetTag: `T${random.integer(1000, 99_999)}` }),
    ...(random.chance(0.12) && { notes: random.pick(DEVICE_NOTES) }),
    ...(random.chance(0.6) && { purchased }),
    ...(random.chance(0.3) && { installed: purchased }),
    ...(random.chance(0.5) && { warrantyEnds: dateAgo(random, 1200, -900) }),
  };
}
