import type { Reply } from '../../psa.ts';
import { API_USER, type Context } from '../context.ts';
import { success } from '../envelope.ts';
import type { Module } from '../role.ts';

/** Modules by numbers of their menus; the vendor publishes none, and these are made up. */
const MENUS: Readonly<Record<Module, number>> = { accounts: 101, contacts: 102, assets: 201, employees: 301 };

/** "Has API Access": the one special feature that is known by name. */
const API_ACCESS = 57;

const NOT_SAID = {
  ...{ timeZoneValue: 0, timeZoneName: '(UTC) Coordinated Universal Time', olsonTimeZoneName: 'Etc/UTC' },
  ...{ dateFormat: 'MM/dd/yyyy', timeFormat: 'hh:mm tt', timeFormatWithSeconds: 'hh:mm:ss tt' },
  ...{ accountId: null, locationId: null, contactId: null, viewsMenus: [], queuesMenus: [] },
  ...{ currencyCode: 'USD', cultureCode: 'en-US', filesVersionNumber: null, newTicketingUI: true },
  ...{ isUserSystemAdmin: false, pictureUrl: null, openIdRealmId: null },
};

/** Who is logged in, and what the security role lets it do. */
export function userInfo(context: Context, company: string): Reply {
  const { settings, product, now } = context;
  const userAccessRights = Object.entries(MENUS).map(([module, menu]) => {
    const may = settings.role[module as Module];
    return {
      ...{ canView: may.includes('view'), canModify: may.includes('modify'), canDelete: may.includes('delete') },
      ...{ mainMenuId: Math.floor(menu / 100), menuCategoryId: 0, listingIDEnum: menu },
    };
  });
  return success({
    ...NOT_SAID,
    ...{ userId: API_USER, fullName: 'API Sync', emailAddress: null, tenantId: 1, businessName: company },
    timeStamp: new Date(now()).toISOString(),
    userAccessRights,
    specialFeatures: settings.role.apiAccess ? [{ id: API_ACCESS }] : [],
    productName: product.productName,
  });
}
