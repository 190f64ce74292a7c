import { z } from 'zod';

/** What has to be there, without blanks at its ends. */
export const enteredText = (label: string) =>
  z
    .string({ error: `${label} is missing` })
    .trim()
    .min(1, `${label} is missing`);

/** What goes into a header as it is: printable, and nothing that would end one. */
export const enteredForHeader = (psa: string, label: string) =>
  enteredText(label).regex(
    /^[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?$/u,
    `${label} holds characters that ${psa} never uses: copy it again`,
  );
