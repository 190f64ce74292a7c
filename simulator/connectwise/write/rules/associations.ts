import { invalid } from '../../errors.ts';
import type { CollectionName } from '../../schema/collection-name.ts';
import { referredId, type Reference } from '../../store/row.ts';
import { after, type Rules, type Stored, type Write } from '../write.ts';
import { defaultReference } from './defaults.ts';

interface Association {
  readonly table: 'companyTypeAssociations' | 'contactTypeAssociations';
  readonly parent: 'company' | 'contact';
  readonly parents: CollectionName;
  readonly types: CollectionName;
}

const COMPANY: Association = {
  table: 'companyTypeAssociations',
  parent: 'company',
  parents: 'companies',
  types: 'companyTypes',
};
const CONTACT: Association = {
  table: 'contactTypeAssociations',
  parent: 'contact',
  parents: 'contacts',
  types: 'contactTypes',
};

const associationOf = (collection: CollectionName): Association => (collection === 'companies' ? COMPANY : CONTACT);

/** Types can be given when a record is created; later there are only the associations. */
export function refuseTypes({ collection, draft }: Write): void {
  if (!draft.parts['types']) return;
  const { parent } = associationOf(collection);
  const message = `typeIds can only be used when creating a new ${parent}.`;
  throw invalid(parent, [{ code: 'InvalidField', message, resource: parent, field: 'typeIds' }]);
}

/** Associates a new record with the types it was given, else with the default one. */
export function addTypes({ context, collection, draft, row, stamp }: Stored): void {
  const { table, parent, types } = associationOf(collection);
  const given = (draft.parts['types'] ?? []) as readonly Reference[];
  const fallback = collection === 'companies' && given.length === 0 ? defaultReference(context, types) : undefined;
  const reference = context.store.reference(collection, row.id);
  for (const type of new Set(fallback ? [fallback] : given)) {
    context.store.create(table, { type, [parent]: reference }, stamp);
  }
}

function rulesFor({ table, parent, parents }: Association): Rules {
  return {
    fixed: [parent],
    check: (write) => {
      const { context, draft, row } = write;
      const parentId = referredId(after(write, parent));
      const typeId = referredId(after(write, 'type'));
      if (parentId === undefined) return;
      const known = context.store.collection(table).by(parent, parentId);
      if (known.some((other) => other.id !== row?.id && referredId(other['type']) === typeId)) {
        const message = `This type association already exists for the ${parent}.`;
        draft.errors.push({ code: 'ObjectExists', message, resource: 'typeAssociation', field: 'type' });
      }
    },
    saved: ({ context, row, stamp }) => {
      const parentId = referredId(row[parent]);
      if (parentId !== undefined) context.touch(parents, parentId, stamp);
    },
    remove: (context, row, stamp) => {
      context.store.remove(table, row);
      const parentId = referredId(row[parent]);
      if (parentId !== undefined) context.touch(parents, parentId, stamp);
    },
  };
}

export const companyTypeAssociationRules = rulesFor(COMPANY);
export const contactTypeAssociationRules = rulesFor(CONTACT);
