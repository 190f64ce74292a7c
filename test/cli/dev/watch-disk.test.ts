import { expect, it, vi } from 'vitest';
import { watchDisk } from '../../../cli/dev/watch-disk.ts';
import { recordingReport } from './support/recording-report.ts';
import { temporaryFolder } from './support/temporary-folder.ts';

it('a disk that fills up under running servers is said, with what to do', async () => {
  const folder = await temporaryFolder();
  const report = recordingReport();
  const watch = watchDisk(folder, report, Number.MAX_SAFE_INTEGER);
  await vi.waitFor(() => expect(report.lines.join('\n')).toMatch(/all but full: \d+ MB.*Free some space/s));
  await watch.stop();
});

it('a disk with room is not spoken of', async () => {
  const report = recordingReport();
  await watchDisk(await temporaryFolder(), report, 0).stop();
  expect(report.lines).toEqual([]);
});
