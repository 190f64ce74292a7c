import { z } from 'zod';
import { isEntries, sameValue } from '../../../domain/values.ts';
import type { UpdateRequest, WriteValues } from '../../contract.ts';
import { badAnswer } from '../../http/answers.ts';
import type { BmsClient } from '../client.ts';
import { RECORDS } from '../lists.ts';
import { emailParts, phoneParts } from '../schemas.ts';
import { tableRows } from '../tables.ts';
import { newPart, partOperations, PARTS, wantedPart, type Part, type PartField, type WantedPart } from './parts.ts';

const FIELDS = Object.keys(PARTS) as PartField[];

const contactSchema = z.object({ emails: emailParts.nullish(), phones: phoneParts.nullish() });

type Settled = Pick<WriteValues, 'set' | 'settings'> & { readonly signal?: AbortSignal };

async function wantedOf(
  client: BmsClient,
  field: PartField,
  { set, settings, signal }: Settled,
): Promise<WantedPart[]> {
  const entries = set[field];
  if (!isEntries(entries) || entries.length === 0) return [];
  const rows = await tableRows(client, PARTS[field].table, signal);
  return entries.map((entry) => wantedPart(field, entry, rows, settings));
}

/** The e-mail addresses and phone numbers that a new contact comes with. */
export async function firstParts(client: BmsClient, request: Settled): Promise<Record<string, unknown>> {
  const parts: Record<string, unknown> = {};
  for (const field of FIELDS) {
    const wanted = await wantedOf(client, field, request);
    if (wanted.length > 0) parts[field] = wanted.map((one) => newPart(field, one));
  }
  return parts;
}

/** What is to be changed in the e-mail addresses and phone numbers of a contact, by field; nothing where nothing is. */
export async function partChanges(
  client: BmsClient,
  request: UpdateRequest,
): Promise<{ readonly field: PartField; readonly operations: Record<string, unknown>[] }[]> {
  const { set, current, signal } = request;
  const changed = FIELDS.filter((field) => set[field] !== undefined && !sameValue(set[field], current.fields[field]));
  if (changed.length === 0) return [];
  const held = await partsOf(client, current.psaId, signal);
  const changes = [];
  for (const field of changed) {
    const operations = partOperations(field, held[field], await wantedOf(client, field, request));
    if (operations.length > 0) changes.push({ field, operations });
  }
  return changes;
}

/** As the contact holds them now: changes find them by the very text that stands there. */
async function partsOf(
  client: BmsClient,
  id: string,
  signal: AbortSignal | undefined,
): Promise<Readonly<Record<PartField, readonly Part[]>>> {
  const { data } = contactSchema.safeParse(
    await client.record({ record: RECORDS.contacts, id, scope: 'record', signal }),
  );
  if (!data) {
    const asked = { psa: client.psa, what: 'read a contact', scope: 'record' } as const;
    throw badAnswer(asked, "with e-mail addresses or phone numbers that can't be read");
  }
  const emails = (data.emails ?? []).map(({ emailAddress, emailTypeId, isDefault }) => ({
    value: emailAddress ?? '',
    typeId: emailTypeId ?? null,
    isDefault: isDefault === true,
  }));
  const phones = (data.phones ?? []).map(({ phone, phoneTypeId, isDefault }) => ({
    value: phone ?? '',
    typeId: phoneTypeId ?? null,
    isDefault: isDefault === true,
  }));
  return { emails, phones };
}
