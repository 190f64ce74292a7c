import { foldText } from './normalise.ts';
import { type Email, isBlank, isEntries, type Phone, type PsaValue, sameValue } from './values.ts';

const WHITE_SPACE = /\s+/gu;

/**
 * Whether what a PSA holds is what it was sent, in a form of its own: white space tidied; e-mail addresses and phones in
 * another order, of a type that the PSA chose because none was named, one of them primary because none was.
 */
export function isFormOf(there: PsaValue | undefined, sent: PsaValue | undefined): boolean {
  if (sameValue(there, sent)) return true;
  if (typeof there === 'string' && typeof sent === 'string') return tidy(there) === tidy(sent);
  if (!isEntries(there) || !isEntries(sent) || there.length !== sent.length) return false;
  const free = [...there];
  const primaryIsNamed = sent.some(({ primary }) => primary);
  return sent.every((entry) => {
    const at = free.findIndex((one) => isFormOfEntry(one, entry) && (!primaryIsNamed || one.primary === entry.primary));
    return at !== -1 && free.splice(at, 1).length === 1;
  });
}

/**
 * Whether a list may be what a write of ours has made of it so far: some PSAs take it entry by entry, and a write can break
 * off in between. Nothing is there but entries of before and entries that were sent, and all that both have.
 */
export function isHalfWritten(
  there: PsaValue | undefined,
  before: PsaValue | undefined,
  sent: PsaValue | undefined,
): boolean {
  const [now, was, wanted] = [there, before, sent].map(entriesOf);
  if (!now || !was || !wanted || now.length + was.length + wanted.length === 0) return false;
  const isIn = (list: readonly Entry[], entry: Entry) => list.some((one) => isFormOfEntry(entry, one));
  return (
    now.every((entry) => isIn(was, entry) || isIn(wanted, entry)) &&
    was.every((entry) => !isIn(wanted, entry) || isIn(now, entry))
  );
}

type Entry = Email | Phone;

function entriesOf(value: PsaValue | undefined): readonly Entry[] | null {
  if (isEntries(value)) return value;
  return isBlank(value) ? [] : null;
}

function isFormOfEntry(there: Entry, sent: Entry): boolean {
  if (tidy(there.value) !== tidy(sent.value) || extensionOf(there) !== extensionOf(sent)) return false;
  return sent.type === null || (there.type !== null && foldText(there.type) === foldText(sent.type));
}

const extensionOf = (entry: Entry): string | null => ('extension' in entry ? entry.extension : null);

const tidy = (text: string): string => text.trim().replace(WHITE_SPACE, ' ');
