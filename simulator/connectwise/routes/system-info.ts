import type { Reply } from '../../psa.ts';
import type { Settings } from '../settings.ts';
import type { Call } from './call.ts';

const BUILD = 10_451;

/** The check that every client makes with its credentials. */
export function systemInfo({ context }: Call): Reply {
  const { version } = context.settings;
  return {
    status: 200,
    json: {
      version: `v${version}.${BUILD}`,
      isCloud: true,
      serverTimeZone: 'Eastern Standard Time',
      licenseBits: [
        { name: 'API', activeFlag: true },
        { name: 'CustomFields', activeFlag: true },
      ],
      cloudRegion: 'NA',
      maxWorkFlowRecordsAllowed: 1000,
    },
  };
}

/** Discovery without credentials; an unknown company is a JSON `null`. */
export function companyInfo(company: string, asked: string, { version, codebase }: Settings): Reply {
  if (asked.toLowerCase() !== encodeURIComponent(company).toLowerCase()) return { status: 200, json: null };
  const json = {
    CompanyName: 'Acme IT Services',
    Codebase: codebase,
    VersionCode: `v${version}`,
    VersionNumber: `v${version}.${BUILD}`,
    CompanyID: company,
    // A text, as the vendor's example has it.
    IsCloud: 'True',
    SiteUrl: 'api-na.myconnectwise.net',
  };
  return { status: 200, json };
}
