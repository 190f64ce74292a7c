import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { cachedTemporal, findTemporal, type TemporalBinaryOptions } from '../../../cli/dev/temporal-binary.ts';
import { pinnedCliVersion } from '../../../cli/dev/temporal-version.ts';
import { downloadsFrom, downloadsOf, noDownloads } from './support/downloads.ts';
import { program, temporalOf } from './support/programs.ts';
import { recordingReport } from './support/recording-report.ts';
import { temporaryFolder } from './support/temporary-folder.ts';

const PINNED = await pinnedCliVersion();

/** Answers as Go does, and builds a program that answers as the CLI does; counts its builds in a file. */
const goThatBuilds = (folder: string): Promise<string> =>
  program(
    join(folder, 'path'),
    'go',
    `if [ "$1" = list ]; then echo "go: downloading example.org/a v1" >&2; echo example.org/a; exit; fi
echo x >> "${folder}/builds"
while [ "$1" != -o ]; do shift; done
printf '#!/bin/sh\\necho "temporal version ${PINNED} (Server 1)"\\n' > "$2"; /bin/chmod 755 "$2"`,
  );

describe('the Temporal dev server is taken', () => {
  let folder: string;
  let report: ReturnType<typeof recordingReport>;
  let options: TemporalBinaryOptions & { cacheDir: string; searchPath: string };

  beforeEach(async () => {
    folder = await temporaryFolder();
    report = recordingReport();
    // Nothing is installed, nothing cached, and the site has nothing: each test adds what it is about.
    options = {
      cacheDir: join(folder, 'cache'),
      searchPath: join(folder, 'path'),
      downloads: await noDownloads(),
      report,
    };
  });

  it('from TEMPORAL_CLI before anywhere else', async () => {
    const chosen = await temporalOf(join(folder, 'chosen'), '1.5.0');
    await temporalOf(options.searchPath, '1.9.0');
    expect(await findTemporal({ ...options, temporalCli: chosen })).toEqual({
      path: chosen,
      version: '1.5.0',
      from: 'TEMPORAL_CLI',
    });
  });

  it('from nowhere else when TEMPORAL_CLI names something that is no Temporal CLI', async () => {
    await temporalOf(options.searchPath, '1.9.0');
    const wrong = await program(folder, 'wrong', 'echo hello');
    await expect(findTemporal({ ...options, temporalCli: wrong })).rejects.toThrow(/TEMPORAL_CLI names .*wrong.*hello/);
    const gone = findTemporal({ ...options, temporalCli: join(folder, 'gone') });
    await expect(gone).rejects.toMatchObject({ kind: 'no-temporal' });
  });

  it('from the PATH before the cache', async () => {
    const onPath = await temporalOf(options.searchPath, '1.9.0');
    await temporalOf(dirname(cachedTemporal(options.cacheDir, PINNED)), PINNED);
    expect(await findTemporal(options)).toEqual({ path: onPath, version: '1.9.0', from: 'PATH' });
  });

  it('not from a PATH whose version is too old, and says so', async () => {
    await temporalOf(options.searchPath, '1.4.1');
    const cached = await temporalOf(dirname(cachedTemporal(options.cacheDir, PINNED)), PINNED);
    expect(await findTemporal(options)).toEqual({ path: cached, version: PINNED, from: 'cache' });
    expect(report.lines.join('\n')).toMatch(/Passing over .*1\.4\.1/);
  });

  it('from the download site, into the cache, from which it comes the next time', async () => {
    const downloads = await downloadsOf(await temporalOf(join(folder, 'site'), PINNED));
    const path = cachedTemporal(options.cacheDir, PINNED);
    await goThatBuilds(folder);
    expect(await findTemporal({ ...options, downloads })).toEqual({ path, version: PINNED, from: 'download' });
    expect(await findTemporal(options)).toEqual({ path, version: PINNED, from: 'cache' });
  });

  it('not from a download that holds another version', async () => {
    const downloads = await downloadsOf(await temporalOf(join(folder, 'site'), '1.0.0'));
    await expect(findTemporal({ ...options, downloads })).rejects.toMatchObject({ kind: 'no-temporal' });
    expect(report.lines.join('\n')).toContain('the archive holds version 1.0.0');
  });

  it('from a build with Go, after saying what that costs', async () => {
    await goThatBuilds(folder);
    const path = cachedTemporal(options.cacheDir, PINNED);
    expect(await findTemporal(options)).toEqual({ path, version: PINNED, from: 'build' });
    expect(report.lines.join('\n')).toMatch(/minutes.*GB/s);
  });

  it('from one build when two starts want it at the same time', async () => {
    await goThatBuilds(folder);
    const found = await Promise.all([findTemporal(options), findTemporal(options)]);
    expect(found.map(({ from }) => from).sort()).toEqual(['build', 'cache']);
    expect(await readFile(join(folder, 'builds'), 'utf8')).toBe('x\n');
  });

  it('from a new build when the cached one is broken', async () => {
    await program(dirname(cachedTemporal(options.cacheDir, PINNED)), 'temporal', 'exit 1');
    await goThatBuilds(folder);
    expect(await findTemporal(options)).toMatchObject({ from: 'build' });
  });

  it('from nowhere when there is no way: the message says what would do', async () => {
    const search = findTemporal(options);
    await expect(search).rejects.toMatchObject({ kind: 'no-temporal' });
    await expect(search).rejects.toThrow(/TEMPORAL_CLI.*go\.dev.*TEMPORAL_ADDRESS/s);
  });

  it("from nowhere when the build fails: the message has Go's last words", async () => {
    await program(options.searchPath, 'go', 'echo "go: module lookup disabled" >&2; exit 1');
    const search = findTemporal(options);
    await expect(search).rejects.toThrow(/module lookup disabled.*GOPROXY.*TEMPORAL_ADDRESS/s);
  });

  it('with a message about the disk when the build fills it', async () => {
    await program(options.searchPath, 'go', 'echo "write /x/y.a: no space left on device" >&2; exit 1');
    await expect(findTemporal(options)).rejects.toMatchObject({ kind: 'disk-full' });
  });

  it('no further when the start is interrupted while it downloads or builds', async () => {
    const interrupt = new AbortController();
    const silent = await downloadsFrom(() => interrupt.abort());
    const download = findTemporal({ ...options, downloads: silent, signal: interrupt.signal });
    await expect(download).rejects.toMatchObject({ kind: 'interrupted' });

    const later = new AbortController();
    await program(options.searchPath, 'go', 'exec /bin/sleep 60');
    const timer = setInterval(() => report.lines.some((line) => line.includes('Building')) && later.abort(), 20);
    onTestFinished(() => clearInterval(timer));
    const build = findTemporal({ ...options, signal: later.signal });
    await expect(build).rejects.toMatchObject({ kind: 'interrupted' });
  });
});
