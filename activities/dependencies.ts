import type { Database } from '../db/database.ts';
import type { SyncSchedule } from '../db/integrations/sync-schedules.ts';
import type { StartablePlan } from '../db/push/ask-planned.ts';
import type { StartablePush } from '../db/push/open-pushes.ts';
import type { HolderAnswers } from './holder-answers.ts';
import type { PageTurns } from './page-turns.ts';
import type { PsaConnections } from './psa-connections.ts';

/** Bounds of a batch and of its tries; settings in production, short in tests. */
interface PullLimits {
  /** A batch ends after so many pages or seconds, whichever comes first. */
  readonly batchPages: number;
  readonly batchSeconds: number;
  /** Tries at one page before what can't be read of it is set aside. */
  readonly pageTries: number;
}

/** How patiently workflows try the PSA. */
export interface Patience {
  readonly firstRetryMs: number;
  readonly longestRetryMs: number;
  readonly heartbeatTimeoutMs: number;
  /** A PSA that is away for longer fails the run. */
  readonly giveUpAfterMs: number;
}

/** Bounds of a write to a PSA. */
interface PushLimits {
  /**
   * How long the PSA may take to carry out what was sent, in milliseconds: its time limit for an answer, and a grace. Until
   * then nobody else writes that record, and a lost answer is not looked for.
   */
  readonly writeMs: number;
  /** Pushes that are older and have no workflow are started by housekeeping. */
  readonly startLateMs: number;
}

/** What activities need from the orchestrator, given to them from outside. */
interface OrchestratorPort {
  /** Makes the schedules that are given, and removes those of ours that are not. */
  alignSchedules(schedules: readonly SyncSchedule[]): Promise<void>;
  /** Whether the newest execution of a workflow id is open. */
  isRunning(workflowId: string): Promise<boolean>;
  /** Starts the workflow of a push, or tells the one that runs to look again. */
  startPush(push: StartablePush): Promise<void>;
  /** Starts the workflow of a plan to push everything, unless it runs. */
  startPushAll(plan: StartablePlan): Promise<unknown>;
  /** Those of these pushes that no open workflow works at. */
  withoutWorkflow(pushes: readonly StartablePush[]): Promise<readonly StartablePush[]>;
}

/** All that activities need from outside; made once by the worker. */
export interface ActivityDependencies {
  readonly database: Database;
  readonly connections: PsaConnections;
  readonly turns: PageTurns;
  readonly holders: HolderAnswers;
  readonly orchestrator: OrchestratorPort;
  readonly limits: PullLimits;
  readonly push: PushLimits;
  readonly patience: Patience;
  /** Days that ended runs with their rejects and plans are kept. */
  readonly keepDays: number;
}
