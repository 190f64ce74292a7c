import { isThere } from './is-there.ts';
import { matchingOf, sameDevice } from './match.ts';
import { fold } from './fold.ts';
import type { Ours, OurRecord } from './ours.ts';
import type { Kind, Named, Their, TheirRecord, Unreadable } from './theirs.ts';
import { fieldsTaken, homeOf, isTicked, sameTheirs, under } from './taken.ts';
import { noCounts, type Verdict } from './verdict.ts';
import type { World } from './world.ts';

type Values = OurRecord['values'];
type Inside = TheirRecord & { readonly type: Named | undefined };

const LIVE = new Set(['live', 'error']);
const HOLDS = new Set(['live', 'error', 'disabled']);

/**
 * The rules of a full sync, said slowly: one record after the other, everything looked up by walking through all there is.
 * Right for PSAs of up to a page (1,000 rows) a kind. Also brings `bases` and `touched` up to date.
 */
export function judge(world: World): Verdict {
  const { reading, psa, truth, lists, settings, before, bases, touched, refusing, unread, mute } = world;
  const { hasName, sameName, ruleOf } = matchingOf(reading.nameless);
  const ours: Ours = {
    records: new Map(before.records),
    links: new Map(before.links),
    reviews: new Map(),
    open: new Set(before.open),
    pending: new Set(before.pending),
    rows: new Map(before.rows),
  };
  const verdict: Verdict = {
    ours,
    counts: { organization: noCounts(), location: noCounts(), contact: noCounts(), configuration: noCounts() },
    racing: { organization: 0, location: 0, contact: 0, configuration: 0 },
    rejects: [],
    conflicts: [],
    proposals: {},
  };
  const seen = new Set<string>();
  /** Kinds of which something could not be read, so that what is missing proves nothing. */
  const holes = new Set<Kind>(unread);
  /** Kinds with a row whose id could not be read: it may be any that is missing. */
  const blind = new Set<Kind>();
  const holderOf = (record: string, kind: Kind): string | undefined =>
    [...ours.links].find(
      ([key, link]) => link.record === record && key.startsWith(`${kind} `) && HOLDS.has(link.state),
    )?.[0];

  for (const row of lists) makeRow(row);
  for (const kind of reading.kinds) pull(kind);
  resolveOpen();
  for (const kind of reading.kinds) sweep(kind);
  return verdict;

  function organizationOf(their: TheirRecord): string | undefined {
    const key = `organization ${homeOf(their.fields)}`;
    const link = ours.links.get(key);
    const isInside = seen.has(key) || holes.has('organization') || blind.has('organization');
    return link && LIVE.has(link.state) && isInside ? link.record : undefined;
  }

  /** What the PSA gives when it is asked for a kind; it filters as far as we let it. */
  function given(kind: Kind): (Inside | Unreadable)[] {
    const ticked = (list: string, row: Named | null) => isTicked(settings, list, row);
    const anything = (part: string) => (settings.ticked[`${kind}_${part}`] ?? []).length > 0;
    if (unread.has(kind)) return [];
    if ((kind === 'organization' || kind === 'configuration') && !(anything('type') && anything('status'))) return [];
    return psa(kind).flatMap((their): (Inside | Unreadable)[] => {
      if ('unreadable' in their) return [their];
      if (reading.leavesOut(kind, their, ticked)) return [];
      const isUnder = reading.underOrganization.includes(kind);
      if (isUnder && organizationOf(their) === undefined) return [];
      if (isUnder && refusing.has(homeOf(their.fields) ?? '')) return [];
      return [{ ...their, type: their.types.find((row) => ticked(`${kind}_type`, row)) }];
    });
  }

  /** Of what the PSA gave: ticked by type and status where the kind is, and in an organization that is inside. */
  function isInside(kind: Kind, their: Inside): boolean {
    const isGated = kind === 'organization' || kind === 'configuration';
    if (isGated && (their.type === undefined || !isTicked(settings, `${kind}_status`, their.status))) return false;
    return !their.deleted && (kind === 'organization' || organizationOf(their) !== undefined);
  }

  function pull(kind: Kind): void {
    const counts = verdict.counts[kind];
    const inside: Inside[] = [];
    if (unread.has(kind)) verdict.rejects.push(`${kind} page null`);
    if (reading.underOrganization.includes(kind)) {
      for (const company of refusing)
        if (seen.has(`organization ${company}`)) verdict.rejects.push(`${kind} parent ${company}`);
    }
    for (const their of given(kind)) {
      counts.read += 1;
      const key = `${kind} ${their.id}`;
      if ('unreadable' in their) {
        counts.rejected += 1;
        verdict.rejects.push(`${kind} record ${their.id}`);
        if (their.id === null) blind.add(kind);
        else seen.add(key);
      } else if (!isInside(kind, their)) {
        counts.outside += 1;
      } else {
        seen.add(key);
        inside.push(their);
      }
    }
    inside.sort((a, b) => a.id.length - b.id.length || (a.id < b.id ? -1 : 1));
    for (const their of inside) makeRows(kind, their);
    for (const their of inside) release(kind, their);
    // Ties first: what they hold, and the names that they change, count for those without one.
    const newcomers = inside.filter((their) => !follow(kind, their));
    const made: Values[] = [];
    for (const their of newcomers) welcome(kind, their, made);
    if (!holes.has(kind)) return;
    for (const [key, review] of before.reviews)
      if (key.startsWith(`${kind} `) && !ours.reviews.has(key) && !inside.some(({ id }) => key === `${kind} ${id}`))
        ours.reviews.set(key, review);
  }

  /** Whoever holds what a newcomer fits, and was not met, is asked for: gone, it holds nothing any more. */
  function release(kind: Kind, their: Inside): void {
    const own = ours.links.get(`${kind} ${their.id}`);
    if (own && (own.state !== 'orphaned' || holderOf(own.record, kind) === undefined)) return;
    if (kind === 'contact' && !settings.contactsSync) return;
    const values = localOf(kind, fieldsTaken(kind, their, settings));
    for (const name of before.records.keys()) {
      const record = ours.records.get(name);
      const holder = record?.kind === kind ? holderOf(name, kind) : undefined;
      const link = holder && ours.links.get(holder);
      const fits = sameName(kind, record?.values ?? {}, values) && sameDevice(kind, record?.values ?? {}, values);
      if (!link || !LIVE.has(link.state) || seen.has(holder) || !(fits || own?.record === name)) continue;
      if (isThere(world, kind, holder)) continue;
      ours.links.set(holder, { ...link, state: 'orphaned' });
      verdict.counts[kind].orphaned += 1;
    }
  }

  /** A PSA record with a tie; false when it has none that counts. */
  function follow(kind: Kind, their: Inside): boolean {
    const key = `${kind} ${their.id}`;
    const link = ours.links.get(key);
    if (!link) return false;
    const counts = verdict.counts[kind];
    if (link.state === 'disabled' || link.state === 'disconnected') {
      counts.outside += 1;
      return true;
    }
    const revived = link.state === 'orphaned';
    if (revived && (holderOf(link.record, kind) ?? key) !== key) return false;
    const base = bases.get(key);
    const theirs = fieldsTaken(kind, their, settings);
    const idle =
      !revived &&
      !touched.has(link.record) &&
      ![...before.pending].some((edit) => edit.startsWith(`${link.record} `)) &&
      base?.under === under(settings) &&
      Object.keys(theirs).every((field) => sameTheirs(base.fields[field], theirs[field]));
    if (idle) {
      counts.unchanged += 1;
      return true;
    }
    const change = take(kind, link.record, theirs, revived ? 'revived' : 'linked', base?.fields);
    if (revived || change === 'changed') counts.updated += 1;
    else if (change === 'nothing') counts.unchanged += 1;
    else verdict.racing[kind] += 1;
    ours.links.set(key, { ...link, state: link.state === 'error' ? 'error' : 'live' });
    bases.set(key, { fields: theirs, under: under(settings) });
    return true;
  }

  /** A PSA record without a tie: matched, made, or left to a person. */
  function welcome(kind: Kind, their: Inside, made: Values[]): void {
    const key = `${kind} ${their.id}`;
    const counts = verdict.counts[kind];
    if (kind === 'contact' && !settings.contactsSync) {
      counts.outside += 1;
      return;
    }
    const theirs = fieldsTaken(kind, their, settings);
    const values = localOf(kind, theirs);
    const named = hasName(kind, values);
    const namesakes = [...before.records.keys()].filter((name) => {
      const record = ours.records.get(name);
      return record?.kind === kind && sameName(kind, record.values, values);
    });
    const free = namesakes.filter(
      (name) => holderOf(name, kind) === undefined && sameDevice(kind, ours.records.get(name)?.values ?? {}, values),
    );
    const [only] = free;
    if (only !== undefined && free.length === 1) {
      counts.linked += 1;
      take(kind, only, theirs, 'matched', undefined);
      ours.links.set(key, { record: only, state: 'live', rule: ruleOf(kind) });
      bases.set(key, { fields: theirs, under: under(settings) });
      return;
    }
    // No second contact of a name in an organization.
    const isTaken =
      kind === 'contact' && named && (namesakes.length > 0 || made.some((other) => sameName(kind, other, values)));
    if (only !== undefined || isTaken) {
      counts.review += 1;
      const several = only !== undefined;
      ours.reviews.set(key, {
        reason: several ? 'several_candidates' : 'name_taken',
        candidates: [...(several ? free : namesakes)].sort(),
      });
      return;
    }
    counts.created += 1;
    const record = `new ${kind} ${their.id}`;
    ours.records.set(record, { kind, values });
    openReferences(kind, record, theirs);
    made.push(values);
    ours.links.set(key, { record, state: 'live', rule: 'created' });
    bases.set(key, { fields: theirs, under: under(settings) });
  }

  /** Our rows for the named rows of a record: by their id if it is known, else by name; made where there is none. */
  function makeRows(kind: Kind, their: Inside): void {
    for (const value of Object.values(fieldsTaken(kind, their, settings)))
      if (value !== null && typeof value === 'object' && 'row' in value) makeRow(value.row);
  }

  function makeRow({ list, id, name }: Named): void {
    if (id !== null && !ours.rows.has(`${list} ${id}`)) ours.rows.set(`${list} ${id}`, `${list}||${fold(name)}`);
  }

  function rowOf(row: Named, fields: Readonly<Record<string, Their>>): string {
    if (row.id !== null) return ours.rows.get(`${row.list} ${row.id}`) ?? '?';
    const maker = row.list === 'model' ? fields['manufacturer'] : undefined; // that may be a text without an id too
    const parent = maker && typeof maker === 'object' && 'row' in maker ? rowOf(maker.row, fields) : '||';
    return `${row.list}|${parent.split('|')[2]}|${fold(row.name)}`;
  }

  /** The record that a reference leads to by now; a configuration's contact only inside the same organization. */
  function target(kind: Kind, field: string, to: Kind, id: string, home: string | null): string | null {
    const link = ours.links.get(`${to} ${id}`);
    if (!link || link.state === 'disconnected') return null;
    const elsewhere = ours.records.get(link.record)?.values['organization'] !== home;
    return kind === 'configuration' && field === 'contact' && elsewhere ? null : link.record;
  }

  /** A value in our terms; a reference that leads nowhere is blank. */
  function ourValue(kind: Kind, field: string, fields: Readonly<Record<string, Their>>): string | null {
    const value = fields[field] ?? null;
    if (value === null || typeof value === 'string') return value;
    if ('row' in value) return rowOf(value.row, fields);
    if (field === 'organization') return ours.links.get(`organization ${value.id}`)?.record ?? null;
    return target(
      kind,
      field,
      value.to,
      value.id,
      ourValue(kind, 'organization', { organization: fields['organization'] ?? null }),
    );
  }

  function localOf(kind: Kind, fields: Readonly<Record<string, Their>>): Values {
    return Object.fromEntries(Object.keys(fields).map((field) => [field, ourValue(kind, field, fields)]));
  }

  /** Whether the record that a reference leads to is made or tied in this very run. */
  function isNew(value: Their | undefined): value is { readonly to: Kind; readonly id: string } {
    return typeof value === 'object' && value !== null && 'to' in value && !before.links.has(`${value.to} ${value.id}`);
  }

  function openReferences(kind: Kind, record: string, fields: Readonly<Record<string, Their>>): void {
    for (const open of [...ours.open]) if (open.startsWith(`${record} `)) ours.open.delete(open);
    for (const [field, value] of Object.entries(fields)) {
      if (field === 'organization' || typeof value !== 'object' || value === null || !('to' in value)) continue;
      // Those that another stream may have brought by now are looked at again at the end.
      if (isNew(value) || ourValue(kind, field, fields) === null)
        ours.open.add(`${record} ${field} -> ${value.to} ${value.id}`);
    }
  }

  /** Field by field, the PSA wins, but for an edit that is on its way and whose PSA value stands still. */
  function take(
    kind: Kind,
    name: string,
    theirs: Readonly<Record<string, Their>>,
    how: 'linked' | 'matched' | 'revived',
    base: Readonly<Record<string, Their>> | undefined,
  ): 'changed' | 'nothing' | 'racing' {
    const record = ours.records.get(name);
    if (!record) throw new Error(`the link of ${name} leads nowhere`);
    const after: Record<string, string | null> = { ...record.values };
    let change: 'changed' | 'nothing' | 'racing' = 'nothing';
    for (const [field, value] of Object.entries(theirs)) {
      const edit = `${name} ${field}`;
      const edited = ours.pending.has(edit);
      const mine = record.values[field] ?? null;
      const wanted = isNew(value) && field !== 'organization' ? null : ourValue(kind, field, theirs);
      const isOpen =
        field !== 'organization' && typeof value === 'object' && value !== null && 'to' in value && wanted === null;
      if (!isOpen && mine === wanted) {
        if (edited) ours.pending.delete(edit);
        continue;
      }
      // Blank here, and there is one to come: if its stream was quicker than ours, the page writes it at once.
      if (mine === wanted && kind !== 'organization' && isNew(value) && change === 'nothing') change = 'racing';
      if (settings.keepLocalWhenBlank && value === null) continue;
      const moved = base === undefined || !sameTheirs(base[field], value);
      if (!moved && edited && settings.twoWay && how !== 'revived') continue;
      if (!moved && !edited && isOpen) continue;
      if (edited) ours.pending.delete(edit);
      if (mine !== wanted) {
        after[field] = wanted;
        change = 'changed';
      }
      if (edited || (mine !== null && isOurOwn(kind, name, field, base?.[field], moved, theirs))) {
        verdict.conflicts.push(`${name} ${field}: ${mine}`);
        change = 'changed';
      }
    }
    ours.records.set(name, { kind, values: after });
    openReferences(kind, name, theirs);
    if (kind === 'contact' && after['organization'] !== record.values['organization']) moved(name);
    touched.delete(name);
    return change;
  }

  /** A contact that moves is looked at anew by the devices that have it, though nothing of theirs has changed. */
  function moved(contact: string): void {
    for (const [key, link] of ours.links) {
      const theirs = bases.get(key)?.fields['contact'];
      if (!key.startsWith('configuration ') || link.state === 'disconnected') continue;
      if (ours.records.get(link.record)?.values['contact'] !== contact) continue;
      if (theirs && typeof theirs === 'object' && 'to' in theirs)
        ours.open.add(`${link.record} contact -> contact ${theirs.id}`);
    }
  }

  /** Whether a value that falls was written here, and is not what the PSA gave before. */
  function isOurOwn(
    kind: Kind,
    name: string,
    field: string,
    given: Their | undefined,
    moved: boolean,
    theirs: Readonly<Record<string, Their>>,
  ): boolean {
    if (!moved || given === undefined || given === null) return true;
    if (typeof given === 'object') return touched.has(name);
    return ours.records.get(name)?.values[field] !== ourValue(kind, field, { ...theirs, [field]: given });
  }

  /**
   * At the end: what has come by now is filled in, and a device's contact that lives elsewhere by now is emptied, on records
   * that are in step, under nobody's edit.
   */
  function resolveOpen(): void {
    for (const open of [...ours.open]) {
      const [, name = '', field = '', to = '', id = ''] = /^(.+) (\w+) -> (\w+) (\S+)$/u.exec(open) ?? [];
      const record = ours.records.get(name);
      const holder = record && holderOf(name, record.kind);
      if (!record || !holder || !LIVE.has(ours.links.get(holder)?.state ?? '')) continue;
      if (ours.pending.has(`${name} ${field}`)) continue;
      const found = target(record.kind, field, to as Kind, id, record.values['organization'] ?? null);
      const mine = record.values[field] ?? null;
      const link = ours.links.get(`${to} ${id}`);
      const isElsewhere = found === null && link?.state !== 'disconnected' && link?.record === mine;
      if (found === null && !isElsewhere) continue;
      if (found !== null) ours.open.delete(open);
      if (found !== null && mine !== null && mine !== found) verdict.conflicts.push(`${name} ${field}: ${mine}`);
      ours.records.set(name, { ...record, values: { ...record.values, [field]: found } });
    }
  }

  /** Ties that the PSA showed no more, or outside the gate, end; too many at once wait for a person. */
  function sweep(kind: Kind): void {
    if (holes.has(kind)) return;
    const live = [...ours.links].filter(([key, link]) => key.startsWith(`${kind} `) && LIVE.has(link.state));
    const lost = live.filter(([key]) => {
      const refused = reading.underOrganization.includes(kind) && refusing.has(homeOf(bases.get(key)?.fields) ?? '');
      return !seen.has(key) && !refused;
    });
    if (lost.length > 20 && lost.length * 10 > live.length) {
      verdict.proposals[kind] = lost.map(([key]) => key.slice(kind.length + 1));
      return;
    }
    const there = new Set(truth(kind).map(({ id }) => `${kind} ${id}`));
    for (const [key, link] of lost) {
      // Asked for by id, the PSA gives the unreadable row again, so that this one is not proven to be gone.
      if (blind.has(kind) && there.has(key)) continue;
      if (mute.has(key)) {
        verdict.rejects.push(`${kind} record ${key.slice(kind.length + 1)}`);
        continue;
      }
      ours.links.set(key, { ...link, state: 'orphaned' });
      seen.delete(key);
      verdict.counts[kind].orphaned += 1;
    }
  }
}
