import { createServer, type Server } from 'node:http';
import type { Settings } from '../settings/settings.ts';
import { openLog } from './log.ts';
import { openWorker } from './open-worker.ts';

/** Runs a worker until the signal aborts; then it takes no more work, ends what it has, and the promise resolves. */
export async function serveWorker(settings: Settings, signal: AbortSignal): Promise<void> {
  const log = openLog({ level: settings.logLevel });
  const worker = await openWorker(settings, log);
  const health = settings.healthPort === undefined ? null : listen(settings.listenHost, settings.healthPort, signal);
  signal.addEventListener('abort', () => void worker.stop(), { once: true });
  if (signal.aborted) void worker.stop();
  try {
    await worker.done;
  } finally {
    health?.close();
  }
}

/** `/live`: the process answers. `/ready`: it takes work, which a draining worker does not. */
function listen(host: string, port: number, draining: AbortSignal): Server {
  return createServer((request, response) => {
    const known = request.url === '/live' || request.url === '/ready';
    const ready = known && !(request.url === '/ready' && draining.aborted);
    response.writeHead(ready ? 200 : known ? 503 : 404, { 'content-type': 'text/plain' }).end(ready ? 'ok\n' : 'no\n');
  }).listen(port, host);
}
