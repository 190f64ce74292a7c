import { execFile } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { chmod, mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import type { Report } from './report.ts';
import { cliVersion } from './temporal-version.ts';

/** The address that Temporal's own SDKs download their dev server from. */
export const TEMPORAL_DOWNLOADS = 'https://temporal.download';
/** Offline this must not hold up the build that comes next. */
const ANSWER_TIMEOUT_MS = 4_000;
const DOWNLOAD_TIMEOUT_MS = 10 * 60_000;
const ARCHITECTURES: Readonly<Record<string, string>> = { x64: 'amd64', arm64: 'arm64' };

export interface Download {
  version: string;
  /** Where the binary is put, in one step, when it is complete and says that it is this version. */
  target: string;
  baseUrl: string;
  report: Report;
  signal?: AbortSignal | undefined;
}

/** Fetches the CLI as the SDKs do: an answer that names an archive and the file in it. @throws when that fails */
export async function downloadTemporal({ version, target, baseUrl, report, signal }: Download): Promise<void> {
  const arch = ARCHITECTURES[process.arch];
  if (arch === undefined) throw new Error(`there is none for ${process.arch}`);
  const platform = process.platform === 'darwin' ? 'darwin' : 'linux';
  const about = await get(`${baseUrl}/cli/v${version}?arch=${arch}&platform=${platform}`, ANSWER_TIMEOUT_MS, signal);
  const { archiveUrl, fileToExtract } = (await about.json()) as { archiveUrl?: unknown; fileToExtract?: unknown };
  if (typeof archiveUrl !== 'string' || typeof fileToExtract !== 'string') {
    throw new Error('the answer names no archive');
  }
  await mkdir(dirname(target), { recursive: true });
  const folder = await mkdtemp(`${target}.download-`);
  try {
    const archive = join(folder, 'archive.tar.gz');
    await save(await get(archiveUrl, DOWNLOAD_TIMEOUT_MS, signal), archive, report);
    await promisify(execFile)('tar', ['-xzf', archive, '-C', folder, fileToExtract]);
    const binary = join(folder, fileToExtract);
    await chmod(binary, 0o755);
    const found = await cliVersion(binary);
    if (found !== version) throw new Error(`the archive holds version ${found}`);
    await rename(binary, target);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function get(url: string, timeoutMs: number, signal: AbortSignal | undefined): Promise<Response> {
  const timeout = AbortSignal.timeout(timeoutMs);
  const response = await fetch(url, { signal: signal ? AbortSignal.any([signal, timeout]) : timeout });
  if (!response.ok || !response.body) throw new Error(`${new URL(url).host} answers ${response.status}`);
  return response;
}

async function save(response: Response, path: string, report: Report): Promise<void> {
  const megabytes = (bytes: number): string => `${Math.round(bytes / 1e6)} MB`;
  const total = Number(response.headers.get('content-length')) || undefined;
  let received = 0;
  const count = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      received += chunk.length;
      report.progress(`Downloading Temporal: ${megabytes(received)}${total ? ` of ${megabytes(total)}` : ''}`);
      done(null, chunk);
    },
  });
  await pipeline(Readable.fromWeb(response.body as never), count, createWriteStream(path));
}
