import type { RunningSimulator } from '../../../simulator/start.ts';
import type { TheirRecord } from '../../oracle/theirs.ts';
import type { Subject, World } from './subject.ts';

/** What a simulated PSA holds now. */
export function worldOf({ reading }: Pick<Subject, 'reading'>, simulator: RunningSimulator): World {
  return {
    records: (kind) => reading.view(simulator)(kind).filter(isReadable),
    list: (name) => reading.lists(simulator).filter(({ list }) => list === name),
  };
}

const isReadable = (record: object): record is TheirRecord => !('unreadable' in record);
