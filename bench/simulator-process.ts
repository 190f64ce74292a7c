// A simulated PSA; a process of its own, asked through `children.ts`.
import { type RunningSimulator, startSimulator } from '../simulator/start.ts';
import { answerParent } from './children.ts';
import { pushedTo } from './psas/pushed.ts';
import { leastRequests, titlesOf } from './psas/subjects.ts';
import type { LoggedRequest, Pushes, SimulatorQuestion } from './simulator.ts';

/** All of them, however many come between two looks: a full sync of the largest size, and pushes beside it. */
const LOG_LENGTH = 5_000_000;

let simulator: RunningSimulator | undefined;

answerParent<SimulatorQuestion>(
  async (question) => {
    if (question.do === 'start') {
      const { psa, size, settings } = question;
      simulator = await startSimulator(psa, { size, settings, logLength: LOG_LENGTH });
      const { url, apiUrl, credentials } = simulator;
      return { url, apiUrl, credentials };
    }
    if (!simulator) throw new Error('not started');
    const { admin } = simulator;
    switch (question.do) {
      case 'latency':
        return void admin.settings({ latencyMs: question.ms });
      case 'change':
        return void admin.mutate({ seed: 1, change: question.count });
      case 'reset':
        return admin.reset();
      case 'requests':
        return takeRequests(simulator);
      case 'watch pushes':
        admin.settings({ logBodies: pushedTo(question.subject).byBody });
        return void admin.clearRequests();
      case 'pushes':
        return pushesAmong(question.subject, takeRequests(simulator));
      case 'least':
        return leastRequests(question.subject, simulator);
      case 'titles':
        return titlesOf(question.subject, simulator, question.psaIds);
    }
  },
  async () => simulator?.close(),
);

function takeRequests({ admin }: RunningSimulator): readonly LoggedRequest[] {
  const { total, requests } = admin.requests();
  if (requests.length < total) throw new Error(`the log kept ${requests.length} of ${total} requests only`);
  admin.clearRequests();
  return requests;
}

function pushesAmong(subject: string, requests: readonly LoggedRequest[]): Pushes {
  const { contactOf } = pushedTo(subject);
  const pushes = requests.flatMap((request) => {
    const psaId = contactOf(request);
    return psaId === null ? [] : [{ psaId, startedAtMs: request.startedAtMs }];
  });
  return { pushes, requests: requests.length };
}
