import type { Reply } from '../../psa.ts';
import { partsOf, withOnePrimary, withPart, type Part, type PartKind } from '../parts.ts';
import { checkRequired, readBody } from '../read-body.ts';
import { done, missing, ok, parameter, rowAt, update, type Call, type Route } from './route.ts';

type Owner = 'accounts' | 'contacts';

/** What else can be said of one part, by the last word of the path: what of its record that changes. */
type Marks = Readonly<Record<string, (parts: readonly Part[], kind: PartKind, id: unknown) => Part>>;

export const asPrimary: Marks[string] = (parts, kind, id) => ({ [kind.list]: withOnePrimary(parts, kind, id) });
export const asFax: Marks[string] = (_parts, _kind, id) => ({ PrimaryFaxId: id });

/** Reading, adding, replacing and removing the parts of a record, and marking one of them. */
export function partRoutes(owner: Owner, path: string, kind: PartKind, marks: Marks): readonly Route[] {
  const root = `${owner}/{}/${path}`;

  function partAt(call: Call, id: string | undefined): Part {
    const part = partsOf(rowAt(call, owner), kind).find((one) => one[kind.id] === Number(id));
    if (!part) throw missing(call);
    return part;
  }

  const valuesIn = (call: Call): Part => checkRequired(kind.model, readBody(call.request, kind.model.fields));

  function saved(call: Call, values: Part, id: unknown): Reply {
    update(call, owner, rowAt(call, owner), values);
    return done({ [kind.one]: partAt(call, String(id)) });
  }

  function add(call: Call): Reply {
    const row = rowAt(call, owner);
    const { id, parts } = withPart(row.id, partsOf(row, kind), kind, valuesIn(call));
    return saved(call, { [kind.list]: parts }, id);
  }

  function replace(call: Call): Reply {
    const known = partAt(call, call.ids[1]);
    const values = valuesIn(call);
    const id = known[kind.id];
    const parts = partsOf(rowAt(call, owner), kind).map((part) =>
      part === known ? { [kind.id]: id, ...values, IsPrimary: part['IsPrimary'] } : part,
    );
    const wanted = values['IsPrimary'] === true ? id : undefined;
    return saved(call, { [kind.list]: withOnePrimary(parts, kind, wanted) }, id);
  }

  function remove(call: Call): Reply {
    const row = rowAt(call, owner);
    const gone = partAt(call, parameter(call, 'id'));
    const left = partsOf(row, kind).filter((part) => part !== gone);
    update(call, owner, row, { [kind.list]: withOnePrimary(left, kind) });
    return done();
  }

  const setters = Object.entries(marks).map(([word, changes]): Route => ({
    method: 'PUT',
    path: `${root}/{}/${word}`,
    needs: [owner, 'changes'],
    answer: (call) => {
      const id = partAt(call, call.ids[1])[kind.id];
      return saved(call, changes(partsOf(rowAt(call, owner), kind), kind, id), id);
    },
  }));

  return [
    { method: 'GET', path: root, needs: [owner], answer: (call) => ok(partsOf(rowAt(call, owner), kind)) },
    { method: 'GET', path: `${root}/{}`, needs: [owner], answer: (call) => ok(partAt(call, call.ids[1])) },
    { method: 'POST', path: root, needs: [owner, 'changes'], answer: add },
    { method: 'PUT', path: `${root}/{}`, needs: [owner, 'changes'], answer: replace },
    { method: 'DELETE', path: root, needs: [owner, 'changes'], answer: remove },
    ...setters,
  ];
}
