import { DEVICE_TYPES } from '../../msp/device-kinds.ts';
import type { Msp, MspDevice } from '../../msp/msp.ts';
import { createRandom, type Random } from '../../random.ts';
import type { StoredRow } from '../../store/collection.ts';
import type { Context } from '../context.ts';
import { PICKLISTS } from '../schema/picklists.ts';
import { idsFrom, type CompanyIds } from './companies.ts';
import { DEFAULT_DEVICE_CATEGORY, PERSON_IDS } from './lookups.ts';

const BILLING_CODE = 29_682_801;

/** Devices and the products that they are of. */
export function seedConfigurationItems(
  context: Context,
  msp: Msp,
  { companies, locations }: CompanyIds,
  contacts: readonly number[],
  seed: number,
): void {
  const random = createRandom(seed, 'autotask/configurations');
  const products = new Map<string, number>();
  const ids = idsFrom(random, 400, msp.devices.length);
  for (const [at, device] of msp.devices.entries()) {
    const contact = device.contact === undefined ? undefined : contacts[device.contact];
    context.store.collection('ConfigurationItems').add({
      ...deviceRow(random, device, ids[at] ?? 0),
      companyID: companies[device.company] ?? 0,
      productID: productOf(context, products, device),
      companyLocationID: device.site === undefined ? undefined : locations[device.site],
      contactID: contact,
    });
  }
}

/** Manufacturer and model are a product's; without them a device is of one that says no more than its type. */
function productOf({ store }: Context, known: Map<string, number>, { manufacturer, model, type }: MspDevice): number {
  const name = [manufacturer, model].filter(Boolean).join(' ') || `Generic ${type}`;
  const found = known.get(name);
  if (found !== undefined) return found;
  const id = 29_683_600 + known.size * 2;
  store.collection('Products').add({
    id,
    name,
    manufacturerName: manufacturer,
    manufacturerProductName: model,
    isActive: true,
    isSerialized: true,
    productBillingCodeID: BILLING_CODE,
    productCategory: 12,
    billingType: 1,
    createdTime: '2019-05-01T00:00:00Z',
  });
  known.set(name, id);
  return id;
}

const typeOf = (device: MspDevice): number | undefined =>
  PICKLISTS.configurationItemType[DEVICE_TYPES.indexOf(device.type)]?.value;

function deviceRow(random: Random, device: MspDevice, id: number): StoredRow {
  const { name, mac, ip, system, serial, assetTag, notes, installed, warrantyEnds, active } = device;
  const isManaged = device.type.startsWith('Managed') || device.type === 'Laptop';
  return {
    id,
    // Without a title people see the product's name.
    referenceTitle: random.chance(0.93) ? name : undefined,
    configurationItemType: random.chance(0.98) ? typeOf(device) : undefined,
    configurationItemCategoryID: DEFAULT_DEVICE_CATEGORY,
    isActive: active,
    serialNumber: serial,
    referenceNumber: assetTag,
    notes,
    location: random.chance(0.05) ? 'Server room' : undefined,
    installDate: installed,
    warrantyExpirationDate: warrantyEnds,
    installedByID: installed === undefined ? undefined : random.pick(PERSON_IDS),
    createDate: device.created,
    lastModifiedTime: device.updated,
    ...(isManaged && {
      rmmDeviceID: 20_000 + id,
      rmmDeviceUID: `uid-${id}`,
      rmmDeviceAuditHostname: name.slice(0, 15),
      rmmDeviceAuditMacAddress: mac,
      rmmDeviceAuditIPAddress: ip,
      rmmDeviceAuditOperatingSystem: system,
      rmmOpenAlertCount: 0,
    }),
  };
}
