import { existsSync, statfsSync } from 'node:fs';
import { userInfo } from 'node:os';
import { dirname } from 'node:path';
import { diskFull } from './data-folder.ts';
import { DevError, type DevErrorKind } from './dev-error.ts';
import type { PostgresPlace } from './postgres-place.ts';

type Place = Pick<PostgresPlace, 'data' | 'user'>;

interface Failure {
  pattern: RegExp;
  kind: DevErrorKind;
  /** What happened and what to do, as sentences. */
  says: (data: string, user: string) => string[];
}

const reset = (data: string): string =>
  `\`psa-sync dev reset\` throws the demo's data away and starts anew; to keep it, copy ${data} first.`;

/** What initdb and postgres write when they give up, in the C locale (we start them in it). First match counts. */
const FAILURES: readonly Failure[] = [
  {
    pattern: /address already in use|could not create any TCP\/IP sockets/i,
    kind: 'port-taken',
    says: () => ['Postgres found its port taken by another program that started at the same moment. Start again.'],
  },
  {
    pattern:
      /database files are incompatible|was initialized by PostgreSQL version|initialized without|catalog version/i,
    kind: 'data-version',
    says: (data) => [
      `The database in ${data} was made by another version of Postgres, or is broken.`,
      `Start the psa-sync that made it, or: ${reset(data)}`,
    ],
  },
  {
    pattern: /permission denied|has wrong ownership|has invalid permissions|operation not permitted/i,
    kind: 'data-unreadable',
    says: (data, user) => [
      `Postgres can't read or write its data in ${data}: an owner or a permission was changed.`,
      `Mend it with \`sudo chown -R ${user} ${data} && sudo chmod -R u+rwX,go= ${data}\`.`,
      `Or: ${reset(data)}`,
    ],
  },
  {
    pattern: /could not (create|map|attach|resize).*shared memory|cannot allocate memory|out of memory/i,
    kind: 'failed',
    says: () => [
      'Postgres did not get the memory it needs (some 300 MB). End other programs, or give this machine or container more.',
    ],
  },
  {
    pattern: /lock file "postmaster\.pid" already exists/i,
    kind: 'locked',
    says: (data) => [`Another Postgres already works on ${data}: end it (\`psa-sync dev down\`), then start again.`],
  },
  {
    pattern:
      /not a valid data directory|could not (open|read|access|stat|locate|find) |invalid|incorrect checksum|unrecognized|PANIC|corrupt/i,
    kind: 'data-broken',
    says: (data) => [`The database in ${data} is broken.`, `No start will mend it: ${reset(data)}`],
  },
];

const DISK_FULL = /no space left on device|disk quota exceeded/i;
const OUTPUT_LINES = 4;

/** Turns the last words of initdb or postgres into a message that says what to do. */
export function explainPostgres(output: string, { data, user }: Place, logFile?: string): DevError {
  const words = lastWords(output);
  const details = [...words.map((line) => `  ${line}`), ...(logFile ? [`Its log: ${logFile}`] : [])];
  // A crash for want of space may leave only its consequences in the log, so the disk is asked as well.
  if (DISK_FULL.test(output) || hasNoSpace(data)) return withDetails(diskFull(data), details);
  const failure = FAILURES.find(({ pattern }) => pattern.test(words.join('\n')));
  if (failure)
    return new DevError(failure.kind, [...failure.says(data, user?.name ?? userInfo().username), ...details]);
  return new DevError('failed', [
    'Postgres did not start. What it said last:',
    ...details,
    `If nothing helps: ${reset(data)}`,
  ]);
}

/** SQLSTATEs of a database of ours that runs and has lost its password, a database, or files and pages. */
const BROKEN_CODES = ['28P01', '3D000', '58P01', 'XX000', 'XX001', 'XX002'];
const DISK_FULL_CODE = '53100';

/** What an embedded Postgres that was started refused, in words that say what to do; other errors as they are. */
export function explainEmbedded(error: unknown, data: string): unknown {
  for (let found = error; found instanceof Error; found = found.cause) {
    const code = 'code' in found ? String(found.code) : '';
    if (code === DISK_FULL_CODE) return diskFull(data, error);
    if (BROKEN_CODES.includes(code)) {
      const lines = [
        `The database in ${data} is broken.`,
        `No start will mend it: ${reset(data)}`,
        `  ${found.message}`,
      ];
      return new DevError('data-broken', lines, { cause: error });
    }
  }
  return error;
}

/** Lines that complain; if there are none, whatever came last. */
function lastWords(output: string): string[] {
  const lines = output.split('\n').map((line) => line.trim());
  const complaints = lines.filter((line) => /FATAL|PANIC|ERROR|error:|HINT|DETAIL|No space|ENOENT|EACCES/.test(line));
  return (complaints.length > 0 ? complaints : lines.filter(Boolean)).slice(-OUTPUT_LINES);
}

function withDetails(error: DevError, details: string[]): DevError {
  return new DevError(error.kind, [error.message, ...details]);
}

const NO_SPACE_BELOW_BYTES = 1024 * 1024;

function hasNoSpace(path: string): boolean {
  try {
    const { bavail, bsize } = statfsSync(existsSync(path) ? path : dirname(path));
    return bavail * bsize < NO_SPACE_BELOW_BYTES;
  } catch {
    return false; // not there, or a file system that does not tell
  }
}
