import type { PsaHttp, PsaHttpRequest } from '../../psa/http.ts';
import { PsaError } from '../../psa/errors.ts';

/** Somebody who waits before a request goes out, or before its answer comes in. */
interface Waiting {
  readonly at: 'send' | 'answer';
  readonly request: PsaHttpRequest;
  readonly go: () => void;
  readonly fail: (error: Error) => void;
}

/** What happens to an actor, in the order in which it does: nothing else moves meanwhile. */
export type Moment =
  /** A request is about to go out; the PSA has carried it out; its answer has come in. */
  | { readonly at: 'asks' | 'carried out' | 'answered'; readonly request: PsaHttpRequest }
  /** The line broke; it was killed; it has ended by itself, well or not. */
  | { readonly at: 'broken' | 'killed' | 'ended' };

/** Work that stops at every request and answer until somebody lets it go on, so that a test can say who comes when. */
export class Actor {
  /** As the work sees the PSA. */
  readonly http: PsaHttp;
  readonly #http: PsaHttp;
  readonly #watch: (moment: Moment) => void;
  #waiting: Waiting | null = null;
  #over = false;
  #notice: () => void = () => undefined;

  constructor(http: PsaHttp, watch: (moment: Moment) => void = () => undefined) {
    this.#http = http;
    this.#watch = watch;
    this.http = {
      request: async ({ beforeSend, ...request }) => {
        await beforeSend?.();
        if (!this.#over) watch({ at: 'asks', request });
        await this.#stop('send', request);
        const answer = await http.request(request);
        watch({ at: 'carried out', request });
        await this.#stop('answer', request);
        watch({ at: 'answered', request });
        return answer;
      },
    };
  }

  /** It has ended, well or not, or was killed. */
  get over(): boolean {
    return this.#over;
  }

  /** Begins; settles when the work stands at its first request, or is over. What it fails with is its own affair. */
  async begin(work: () => Promise<unknown>): Promise<void> {
    const rests = this.#nextRest();
    void work()
      .catch(() => undefined)
      .then(() => {
        if (!this.#over) this.#watch({ at: 'ended' });
        this.#over = true;
        this.#notice();
      });
    await rests;
  }

  /** Lets it go on to its next stop. */
  async step(): Promise<void> {
    await this.#leave(({ go }) => go());
  }

  /** Lets it go on to its end. */
  async end(): Promise<void> {
    while (!this.#over) await this.step();
  }

  /** The line dies: what was not sent never arrives, what was is not heard of. */
  async breakLine(): Promise<void> {
    await this.#leave(({ request, fail }) => {
      this.#watch({ at: 'broken' });
      fail(
        new PsaError('unreachable', 'the line broke', {
          retry: 'backoff',
          scope: 'integration',
          mayHaveHappened: request.method !== 'GET',
        }),
      );
    });
  }

  /** The power cut: not another step of it. A request that was about to go out arrives all the same if it is `late`. */
  async kill(late: boolean): Promise<void> {
    const waiting = this.#waiting;
    this.#over = true;
    this.#waiting = null;
    this.#watch({ at: 'killed' });
    if (!late || waiting?.at !== 'send') return;
    await this.#http.request(waiting.request).catch(() => undefined);
    this.#watch({ at: 'carried out', request: waiting.request });
  }

  #stop(at: Waiting['at'], request: PsaHttpRequest): Promise<void> {
    if (this.#over) return new Promise(() => undefined);
    return new Promise((go, fail) => {
      this.#waiting = { at, request, go, fail };
      this.#notice();
    });
  }

  async #leave(how: (waiting: Waiting) => void): Promise<void> {
    const waiting = this.#waiting;
    if (!waiting) return;
    const rests = this.#nextRest();
    this.#waiting = null;
    how(waiting);
    await rests;
  }

  #nextRest(): Promise<void> {
    return new Promise((settle) => {
      this.#notice = settle;
    });
  }
}
