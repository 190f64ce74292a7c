/** What a PUT of an asset takes: all of it goes back, or what an RMM has filled in is lost. */
const INPUT = [
  ...['name', 'accountId', 'accountLocationId', 'contactId', 'categoryId', 'brandId', 'serialNumber'],
  ...['businessImpactId', 'stateId', 'locationInfo', 'description', 'barCode', 'assetTag', 'vendorId', 'isActive'],
  ...['modelNumber', 'machineGroupId', 'ipAddress', 'subnetMask', 'defaultGateway', 'dnsServers', 'dhcpEnabled'],
  ...['dhcpServer', 'winsEnabled', 'secondaryWinsServer', 'connectionGatewayIp', 'osType', 'osInfo', 'majorVersion'],
  ...['minorVersion', 'macAddress', 'loginName', 'lastLoginname', 'currentUser', 'productName', 'machineVersion'],
  ...['motherboardManufacturerId', 'motherboardProductCode', 'motherboardSerialNumber', 'motherboardVersion'],
  ...['chassisAssetTag', 'chassisManufacturerId', 'chassisSerialNumber', 'chassisType', 'chassisVersion', 'busSpeed'],
  ...['manufacturerId', 'maxMemorySize', 'maxMemorySlots', 'primaryWinsServer', 'computerName', 'purchaseCost'],
  ...['warrantyExpirationDate', 'expirationDate', 'acquisitionDate', 'firstCheckIn', 'lastCheckIn', 'lastReboot'],
];

/** An asset as it was read, in the form in which it is written, with some values changed. */
export function assetBody(asset: unknown, changed: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const held = asset as Readonly<Record<string, unknown>>;
  const body = INPUT.map((name) => [name, changed[name] === undefined ? held[name] : changed[name]] as const);
  return Object.fromEntries(body.filter(([, value]) => value !== undefined && value !== null));
}
