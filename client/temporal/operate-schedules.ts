import { type Client, ScheduleNotFoundError } from '@temporalio/client';
import type { SyncSchedule } from '../../db/integrations/sync-schedules.ts';
import { scheduleIdOf } from './schedules.ts';

/** A schedule as Temporal carries it out. */
export interface ScheduleView {
  readonly id: string;
  readonly paused: boolean;
  /** Who paused it and why, or what it is. */
  readonly note: string | null;
  readonly nextTimes: readonly Date[];
  /** When it started syncs lately, newest first. */
  readonly lastTimes: readonly Date[];
}

/** Null: Temporal has no such schedule; housekeeping makes what is missing. */
export async function describeSchedule(client: Client, schedule: SyncSchedule): Promise<ScheduleView | null> {
  const id = scheduleIdOf(schedule);
  const description = await known(client.schedule.getHandle(id).describe());
  if (!description) return null;
  const { state, info } = description;
  return {
    id,
    paused: state.paused,
    note: state.note || null,
    nextTimes: info.nextActionTimes,
    lastTimes: info.recentActions.map(({ takenAt }) => takenAt).reverse(),
  };
}

/** False: Temporal has no such schedule. */
export async function pauseSchedule(client: Client, schedule: SyncSchedule, note: string): Promise<boolean> {
  return (await known(client.schedule.getHandle(scheduleIdOf(schedule)).pause(note).then(done))) ?? false;
}

/** False: Temporal has no such schedule. */
export async function resumeSchedule(client: Client, schedule: SyncSchedule, note: string): Promise<boolean> {
  return (await known(client.schedule.getHandle(scheduleIdOf(schedule)).unpause(note).then(done))) ?? false;
}

/** Carries out now what the schedule would do next. False: Temporal has no such schedule. */
export async function triggerSchedule(client: Client, schedule: SyncSchedule): Promise<boolean> {
  return (await known(client.schedule.getHandle(scheduleIdOf(schedule)).trigger().then(done))) ?? false;
}

const done = (): true => true;

async function known<T>(asked: Promise<T>): Promise<T | null> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof ScheduleNotFoundError) return null;
    throw error;
  }
}
