import postgres from 'postgres';
import { finished } from 'node:stream/promises';
import { startStack } from '../cli/dev/stack.ts';
import { cacheDirectory } from '../cli/dev/cache-directory.ts';
import { terminalReport } from '../cli/dev/report.ts';
const stack = await startStack({ dataDir: '/work/main/.psa-sync/bench', cacheDir: cacheDirectory(undefined), report: terminalReport(process.stderr), preferredPorts: { postgres: 25439, temporal: 27233, temporalUi: 28233 } });
try {
const sql = postgres(stack.databaseUrl, { max: 2, connection: { session_replication_role: 'replica' }});
await sql`create table if not exists zz (a int, b text)`;
await sql.begin(async (tx) => {
  const s = await tx.unsafe('copy zz (a, b) from stdin').writable();
  console.log('got stream'); 
  s.end('1\tx\n2\ty\n');
  await Promise.race([finished(s), new Promise((r) => setTimeout(r, 2000))]); console.log('finished', s.writableFinished);
});
console.log(await Promise.race([sql`select count(*) from zz`, new Promise((r) => setTimeout(r, 2000))]));
await sql`drop table zz`;
await sql.end({timeout: 2});
} finally { await stack.stop(); }
