// A simulated PSA; a process of its own, asked through `children.ts`.
import { type RunningSimulator, startSimulator } from '../simulator/start.ts';
import { answerParent } from './children.ts';
import { leastRequests } from './psas/least-requests.ts';
import { PUSHED_AS, titlesOf } from './psas/measured.ts';
import type { SimulatorQuestion } from './simulator.ts';

let simulator: RunningSimulator | undefined;

answerParent<SimulatorQuestion>(
  async (question) => {
    if (question.do === 'start') {
      simulator = await startSimulator(question.psa, { size: question.size, settings: question.settings });
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
      case 'requests': {
        const { total, requests } = admin.requests();
        if (requests.length < total) throw new Error(`the log kept ${requests.length} of ${total} requests only`);
        admin.clearRequests();
        return requests;
      }
      case 'least':
        return leastRequests(question.subject, simulator);
      case 'titles':
        return titlesOf(admin.state(PUSHED_AS.collection), question.psaIds);
    }
  },
  async () => simulator?.close(),
);
