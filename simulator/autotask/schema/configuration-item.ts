import {
  all,
  decimal,
  fixed,
  flag,
  id,
  integer,
  long,
  notQueryable,
  picklist,
  readOnly,
  required,
  text,
  time,
  to,
  toActive,
  type Fields,
} from './field.ts';

/** What only the vendor's own RMM writes. */
const RMM: Fields = {
  ...all(readOnly(text(100)), 'rmmDeviceAuditDescription', 'rmmDeviceAuditExternalIPAddress', 'rmmDeviceAuditHostname'),
  ...all(readOnly(text(100)), 'rmmDeviceAuditIPAddress', 'rmmDeviceAuditLastUser', 'rmmDeviceAuditMobileNumber'),
  ...all(readOnly(text(100)), 'rmmDeviceAuditSNMPContact', 'rmmDeviceAuditSNMPLocation', 'rmmDeviceAuditSNMPName'),
  rmmDeviceAuditMacAddress: readOnly(text(255)),
  rmmDeviceAuditOperatingSystem: notQueryable(readOnly(text(100))),
  rmmDeviceAuditManufacturerID: readOnly(picklist('rmmManufacturer')),
  ...all(
    readOnly(integer),
    ...['AntivirusStatusID', 'ArchitectureID', 'BackupStatusID', 'DeviceTypeID', 'DisplayAdaptorID', 'DomainID'].map(
      (name) => `rmmDeviceAudit${name}`,
    ),
    ...['FirmwareID', 'MissingPatchCount', 'MobileNetworkOperatorID', 'ModelID', 'MotherboardID', 'PatchStatusID'].map(
      (name) => `rmmDeviceAudit${name}`,
    ),
    ...['ProcessorID', 'ServicePackID', 'SoftwareStatusID'].map((name) => `rmmDeviceAudit${name}`),
    'rmmOpenAlertCount',
  ),
  ...all(readOnly(long), 'rmmDeviceAuditMemoryBytes', 'rmmDeviceAuditStorageBytes', 'rmmDeviceID'),
  ...all(readOnly(text(100)), 'rmmDeviceUID', 'rmmVsaxDeviceID', 'rmmDeviceUrl', 'deviceNetworkingID'),
  ...all(readOnly(flag), 'rmmIsInMaintenanceMode', 'rmmIsMobileDeviceManagementEnrolled'),
};

const DATTO: Fields = {
  ...all(readOnly(long), 'dattoAvailableKilobytes', 'dattoOffsiteUsedBytes', 'dattoProtectedKilobytes'),
  dattoUsedKilobytes: readOnly(long),
  ...all(readOnly(integer), 'dattoDeviceMemoryMegabytes', 'dattoKernelVersionID', 'dattoNICSpeedKilobitsPerSecond'),
  ...all(readOnly(integer), 'dattoNumberOfAgents', 'dattoNumberOfDrives', 'dattoNumberOfVolumes', 'dattoOSVersionID'),
  ...all(readOnly(integer), 'dattoUptimeSeconds', 'dattoZFSVersionID'),
  dattoPercentageUsed: readOnly(decimal),
  dattoDrivesErrors: readOnly(flag),
  ...all(readOnly(text(100)), 'dattoHostname', 'dattoInternalIP', 'dattoRemoteIP', 'dattoSerialNumber'),
  dattoLastCheckInDateTime: readOnly(time),
};

const DOMAIN_AND_SSL: Fields = {
  ...all(readOnly(text(255)), 'domain', 'sslSource', 'sslCommonName', 'sslIssuedBy', 'sslOrganization'),
  ...all(readOnly(text(255)), 'sslOrganizationUnit', 'sslLocation', 'sslSerialNumber', 'sslSignatureAlgorithm'),
  domainRegistrarID: readOnly(integer),
  ...all(readOnly(time), 'domainRegistrationDateTime', 'domainLastUpdatedDateTime', 'domainExpirationDateTime'),
  ...all(readOnly(time), 'sslValidFromDateTime', 'sslValidUntilDateTime'),
};

export const CONFIGURATION_ITEM: Fields = {
  ...id,
  companyID: required(fixed(to('Companies'))),
  productID: required(to('Products')),
  isActive: required(flag),
  configurationItemType: picklist('configurationItemType'),
  configurationItemCategoryID: to('ConfigurationItemCategories'),
  companyLocationID: to('CompanyLocations'),
  contactID: toActive('Contacts'),
  referenceTitle: text(200),
  referenceNumber: text(100),
  serialNumber: text(100),
  location: text(100),
  notes: text(5000),
  ...all(time, 'installDate', 'warrantyExpirationDate'),
  parentConfigurationItemID: to('ConfigurationItems'),
  vendorID: to('Companies'),
  ...all(integer, 'contractID', 'contractServiceID', 'contractServiceBundleID', 'serviceID', 'serviceBundleID'),
  serviceLevelAgreementID: picklist('serviceLevelAgreement'),
  ...all(decimal, 'numberOfUsers', 'hourlyCost', 'dailyCost', 'monthlyCost', 'perUseCost', 'setupFee'),
  ...all(readOnly(time), 'createDate', 'lastModifiedTime'),
  ...all(readOnly(integer), 'createdByPersonID', 'lastActivityPersonID', 'installedByID', 'installedByContactID'),
  lastActivityPersonType: notQueryable(readOnly(integer)),
  ...all(readOnly(integer), 'sourceChargeID', 'sourceChargeType', 'impersonatorCreatorResourceID'),
  apiVendorID: readOnly(picklist('apiVendor')),
  ...RMM,
  ...DATTO,
  ...DOMAIN_AND_SSL,
};
