/** How a command ended, for scripts; listed in the help of `psa-sync` and never renumbered. */
export const EXIT_CODES = {
  done: { code: 0, meaning: 'done' },
  failed: { code: 1, meaning: 'failed; the message says why' },
  usage: { code: 2, meaning: 'wrong use: an option, an argument or a setting' },
  rejects: { code: 3, meaning: 'done, but some records were set aside (see `psa-sync reject list`)' },
  credentials: { code: 4, meaning: 'credentials refused, by a PSA, by Postgres or by Temporal' },
  unreachable: { code: 5, meaning: 'a PSA, Postgres or Temporal did not answer' },
  interrupted: { code: 130, meaning: 'interrupted (Ctrl-C, or a question answered with no)' },
} as const;

export type Exit = keyof typeof EXIT_CODES;
