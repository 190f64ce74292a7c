import type { Command } from 'commander';
import type { CliContext } from '../context.ts';
import { registerRecordHistory } from './record/history.ts';
import { registerRecordList } from './record/list.ts';
import { registerRecordMerge } from './record/merge.ts';
import { registerRecordMoves } from './record/move.ts';
import { registerRecordSync } from './record/sync.ts';
import { registerRecordRestore } from './record/restore.ts';
import { registerRecordView } from './record/view.ts';
import { registerRecordWhy } from './record/why.ts';

/** Records: organizations, locations, contacts and configurations on the documentation side. */
export function registerRecord(program: Command, context: CliContext): void {
  const record = program
    .command('record')
    .description('look at records, bring old values back, and take records out of the sync or back in');
  registerRecordList(record, context);
  registerRecordView(record, context);
  registerRecordWhy(record, context);
  registerRecordSync(record, context);
  registerRecordHistory(record, context);
  registerRecordRestore(record, context);
  registerRecordMoves(record, context);
  registerRecordMerge(record, context);
}
