import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer, type RequestListener } from 'node:http';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';

/** An address to download from that answers as `answer` does. */
export async function downloadsFrom(answer: RequestListener): Promise<string> {
  const server = createServer(answer).listen(0, '127.0.0.1');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as { port: number }).port}`;
}

/** Serves a binary as Temporal's download site does: first which archive it is in, then the archive. */
export async function downloadsOf(binary: string): Promise<string> {
  const archive = join(dirname(binary), 'archive.tar.gz');
  execFileSync('tar', ['-czf', archive, '-C', dirname(binary), 'temporal']);
  const content = await readFile(archive);
  const base = await downloadsFrom((request, response) => {
    if (request.url?.startsWith('/cli/')) {
      response.end(JSON.stringify({ archiveUrl: `${base}/archive.tar.gz`, fileToExtract: 'temporal' }));
    } else response.end(content);
  });
  return base;
}

/** A site that is there but has nothing. */
export const noDownloads = (): Promise<string> =>
  downloadsFrom((_request, response) => response.writeHead(404).end('not here'));
