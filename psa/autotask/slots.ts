/** A field of a contact that holds one address or number. */
export interface Slot {
  readonly field: string;
  /** What we call an entry of it. */
  readonly type: string;
  readonly characters: number;
  /** The field of its extension. */
  readonly extension?: string;
  readonly isFax?: true;
}

/** In the order in which entries have them. */
export const EMAIL_SLOTS: readonly Slot[] = [
  { field: 'emailAddress', type: 'Work', characters: 254 },
  { field: 'emailAddress2', type: 'Email 2', characters: 254 },
  { field: 'emailAddress3', type: 'Email 3', characters: 254 },
];

export const PHONE_SLOTS: readonly Slot[] = [
  { field: 'phone', type: 'Work', characters: 25, extension: 'extension' },
  { field: 'mobilePhone', type: 'Mobile', characters: 25 },
  { field: 'alternatePhone', type: 'Alternate', characters: 32 },
  { field: 'faxNumber', type: 'Fax', characters: 25, isFax: true },
];

export const fieldsOfSlots = (slots: readonly Slot[]): string[] =>
  slots.flatMap(({ field, extension }) => (extension === undefined ? [field] : [field, extension]));
