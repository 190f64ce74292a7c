import { keyRing, keyRingFile } from './key-ring.ts';
import { setting, type SettingGroup } from './setting.ts';
import { anything, flag, hostAndPort, key, oneOf, path, port, seconds, text, url, wholeNumber } from './values.ts';

export const POSTGRES = {
  databaseUrl: setting('DATABASE_URL', url('postgres:', 'postgresql:'), {
    text: 'Where Postgres is. `psa-sync migrate` needs the login that owns the tables; for the worker and the API a login is enough that is a member of `psa_sync_app` and `psa_sync_directory`. Unset, `npm start` brings its own Postgres.',
    example: 'postgres://psa_sync:password@localhost:5432/psa_sync',
    secret: true,
  }),
  databasePool: setting('PSA_SYNC_DATABASE_POOL', wholeNumber(1, 200), {
    text: 'Largest number of connections of one process. A pull holds one only while it writes a page, so this can be smaller than the number of concurrent pulls.',
    unit: 'connections',
    default: '10',
  }),
} satisfies SettingGroup;

export const TEMPORAL = {
  temporalAddress: setting('TEMPORAL_ADDRESS', hostAndPort, {
    text: 'Where the Temporal server is. Unset, `npm start` brings its own, and every other command looks at localhost:7233.',
    example: 'temporal.example.com:7233',
  }),
  temporalNamespace: setting('TEMPORAL_NAMESPACE', text, { text: 'Namespace of all workflows.', default: 'default' }),
  temporalApiKey: setting('TEMPORAL_API_KEY', text, {
    text: 'API key of a Temporal Cloud namespace. Switches TLS on.',
    secret: true,
  }),
  temporalTls: setting('TEMPORAL_TLS', flag, {
    text: 'TLS to Temporal. Unset, it is on if an API key or any of the TLS settings below is there.',
    example: 'true',
  }),
  temporalTlsClientCertPath: setting('TEMPORAL_TLS_CLIENT_CERT_PATH', path, {
    text: 'Client certificate (PEM) for mutual TLS, together with its key.',
    example: '/run/secrets/temporal.pem',
  }),
  temporalTlsClientKeyPath: setting('TEMPORAL_TLS_CLIENT_KEY_PATH', path, {
    text: 'Key (PEM) of the client certificate.',
    example: '/run/secrets/temporal.key',
  }),
  temporalTlsServerCaCertPath: setting('TEMPORAL_TLS_SERVER_CA_CERT_PATH', path, {
    text: "Certificate authority (PEM) that signed the server's certificate, if no public one did.",
    example: '/run/secrets/temporal-ca.pem',
  }),
  temporalTlsServerName: setting('TEMPORAL_TLS_SERVER_NAME', text, {
    text: "Name in the server's certificate, if it is not the host of the address.",
    example: 'temporal.internal',
  }),
  temporalUiUrl: setting('PSA_SYNC_TEMPORAL_UI_URL', url('http:', 'https:'), {
    text: 'Where people open the Temporal UI; the command line and the API print links to it.',
    default: 'http://localhost:8233',
  }),
  temporalRetentionDays: setting('PSA_SYNC_TEMPORAL_RETENTION_DAYS', wholeNumber(1, 3650), {
    text: 'How long Temporal keeps the history of a workflow that has ended.',
    unit: 'days',
    default: '30',
  }),
  temporalCli: setting('TEMPORAL_CLI', path, {
    text: 'A `temporal` binary for the embedded server, looked at before any other place.',
    example: '/usr/local/bin/temporal',
  }),
} satisfies SettingGroup;

export const KEYS = {
  masterKeys: setting('PSA_SYNC_MASTER_KEYS', keyRing, {
    text: 'Keys that seal the credentials of integrations, as `id:key` pairs, each key 32 random bytes in base64 (`echo "k1:$(openssl rand -base64 32)"` makes one). The first seals, all open: to change keys, put a new one in front. Lose them all and every integration must be connected anew.',
    secret: true,
  }),
  masterKeysFile: setting('PSA_SYNC_MASTER_KEYS_FILE', keyRingFile, {
    text: 'The same in a file, one pair a line. The demo keeps its key this way.',
    example: '/run/secrets/psa-sync-keys',
  }),
  allowPrivateAddresses: setting('PSA_SYNC_ALLOW_PRIVATE_ADDRESSES', flag, {
    text: 'Let integrations name addresses inside private networks and on this machine. Needed for a PSA on your own premises and for the simulator; where strangers may create integrations it must stay off, or they could reach your network through this one.',
    default: 'false',
  }),
} satisfies SettingGroup;

export const SYNC = {
  concurrentPulls: setting('PSA_SYNC_CONCURRENT_PULLS', wholeNumber(1, 500), {
    text: 'How many page batches one worker pulls at a time. The budget of each PSA holds whatever this says.',
    unit: 'batches',
    default: '8',
  }),
  concurrentPushes: setting('PSA_SYNC_CONCURRENT_PUSHES', wholeNumber(1, 500), {
    text: 'How many records one worker pushes at a time. The budget of each PSA holds whatever this says, and leaves pushes a share that pulls do not touch.',
    unit: 'records',
    default: '16',
  }),
  batchPages: setting('PSA_SYNC_BATCH_PAGES', wholeNumber(1, 1000), {
    text: 'Most pages of one batch (one Temporal activity). More costs Temporal less and makes its UI coarser; nothing is lost either way, because the place in the PSA is saved with every page.',
    unit: 'pages',
    default: '20',
  }),
  batchSeconds: setting('PSA_SYNC_BATCH_SECONDS', seconds(0.1, 600), {
    text: 'A batch begins no further page after this time.',
    unit: 'seconds',
    default: '30',
  }),
  heartbeatTimeoutSeconds: setting('PSA_SYNC_HEARTBEAT_TIMEOUT_SECONDS', seconds(1, 600), {
    text: 'A worker that was silent this long is taken for dead, and its batch goes to another.',
    unit: 'seconds',
    default: '30',
  }),
  psaTimeoutSeconds: setting('PSA_SYNC_PSA_TIMEOUT_SECONDS', seconds(0.1, 600), {
    text: 'How long a PSA may take for one answer.',
    unit: 'seconds',
    default: '60',
  }),
  writeGraceSeconds: setting('PSA_SYNC_WRITE_GRACE_SECONDS', seconds(0.1, 3600), {
    text: 'How long after its time limit for an answer a PSA may still carry out a write. When the answer to a write is lost, nobody writes that record, and nobody looks for what was made, before both are over.',
    unit: 'seconds',
    default: '30',
  }),
  retryFirstSeconds: setting('PSA_SYNC_RETRY_FIRST_SECONDS', seconds(1, 3600), {
    text: 'Wait before the first retry of a failed request; doubles from try to try. What a PSA asks for (Retry-After) goes before it.',
    unit: 'seconds',
    default: '5',
  }),
  retryMaxSeconds: setting('PSA_SYNC_RETRY_MAX_SECONDS', seconds(1, 86_400), {
    text: 'Longest wait between two tries.',
    unit: 'seconds',
    default: '900',
  }),
  pushLateSeconds: setting('PSA_SYNC_PUSH_LATE_SECONDS', seconds(0, 3600), {
    text: 'Whoever saves an edit starts its push at once. One that has no workflow after so long was forgotten, and housekeeping starts it.',
    unit: 'seconds',
    default: '10',
  }),
  housekeepingSeconds: setting('PSA_SYNC_HOUSEKEEPING_SECONDS', seconds(1, 3600), {
    text: 'Time between two rounds of housekeeping: schedules follow Postgres, runs whose workflow is gone are closed.',
    unit: 'seconds',
    default: '60',
  }),
  keepDays: setting('PSA_SYNC_KEEP_DAYS', wholeNumber(1, 3650), {
    text: 'How long finished runs, settled rejects and conflicts are kept. Records and their field history are never pruned.',
    unit: 'days',
    default: '90',
  }),
} satisfies SettingGroup;

export const PROCESSES = {
  listenHost: setting('PSA_SYNC_HOST', text, {
    text: 'Address that the API, health and metrics listen on. `0.0.0.0` in a container.',
    default: '127.0.0.1',
  }),
  healthPort: setting('PSA_SYNC_HEALTH_PORT', port, {
    text: 'Port where a worker answers `GET /live` and `GET /ready`. Unset, it answers nowhere.',
    example: '8401',
  }),
  metricsPort: setting('PSA_SYNC_METRICS_PORT', port, {
    text: 'Port where a worker serves Prometheus metrics. Unset, nowhere: a second worker on the same machine would not start on a taken port.',
    example: '9464',
  }),
  shutdownGraceSeconds: setting('PSA_SYNC_SHUTDOWN_GRACE_SECONDS', seconds(0, 600), {
    text: 'How long a worker that is asked to stop may finish the page it is writing.',
    unit: 'seconds',
    default: '20',
  }),
  logLevel: setting('PSA_SYNC_LOG_LEVEL', oneOf('fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'), {
    text: 'Least severe level that is logged.',
    default: 'info',
  }),
} satisfies SettingGroup;

export const API = {
  apiPort: setting('PSA_SYNC_API_PORT', port, {
    text: 'Port of the HTTP API, and of its `GET /live` and `GET /ready`.',
    default: '8400',
  }),
  apiMetricsPort: setting('PSA_SYNC_API_METRICS_PORT', port, {
    text: 'Port where the API serves `GET /metrics` for Prometheus, apart from the API because it asks for no key. Unset, nowhere.',
    example: '9465',
  }),
  apiRequests: setting('PSA_SYNC_API_REQUESTS', wholeNumber(1, 10_000_000), {
    text: 'Requests that one key may send in a window; the next is answered 429. The default is what IT Glue allows. Each API process counts for itself.',
    unit: 'requests',
    default: '3000',
  }),
  apiWindowSeconds: setting('PSA_SYNC_API_WINDOW_SECONDS', wholeNumber(1, 86_400), {
    text: 'Length of that window.',
    unit: 'seconds',
    default: '300',
  }),
  apiPushes: setting('PSA_SYNC_API_PUSHES', flag, {
    text: 'Let the API process carry out pushes too, beside the workers: an edit that arrives here then starts on its way without a detour.',
    default: 'true',
  }),
} satisfies SettingGroup;

export const COMMAND_LINE = {
  tenant: setting('PSA_SYNC_TENANT', key, {
    text: 'Tenant that commands work on; `--tenant` goes before it.',
    example: 'demo',
  }),
  dataDir: setting('PSA_SYNC_DATA_DIR', path, {
    text: "Folder of the embedded Postgres and Temporal, their logs and the demo's key. Relative paths, here and elsewhere, start at the project's folder.",
    default: '.psa-sync',
  }),
  xdgCacheHome: setting('XDG_CACHE_HOME', path, {
    text: 'Folder under which the built Temporal binary is kept; `~/.cache` when unset.',
    example: '/home/me/.cache',
  }),
  noColor: setting('NO_COLOR', anything, { text: 'Set to anything, it turns colours off.', example: '1' }),
} satisfies SettingGroup;
