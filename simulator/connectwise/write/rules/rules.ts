import type { CollectionName } from '../../schema/collection-name.ts';
import type { Rules } from '../write.ts';
import { companyTypeAssociationRules, contactTypeAssociationRules } from './associations.ts';
import { callbackRules } from './callbacks.ts';
import { communicationRules, communicationTypeRules } from './communications.ts';
import { companyRules } from './companies.ts';
import { configurationRules } from './configurations.ts';
import { contactRules } from './contacts.ts';
import { siteRules } from './sites.ts';

/** What collections demand beyond the types and lengths of their fields; most lookups demand nothing. */
export const RULES: Partial<Record<CollectionName, Rules>> = {
  companies: companyRules,
  sites: siteRules,
  contacts: contactRules,
  communications: communicationRules,
  communicationTypes: communicationTypeRules,
  companyTypeAssociations: companyTypeAssociationRules,
  contactTypeAssociations: contactTypeAssociationRules,
  configurations: configurationRules,
  questions: { fixed: ['configurationType'] },
  questionValues: { fixed: ['configurationType', 'question'] },
  callbacks: callbackRules,
};
