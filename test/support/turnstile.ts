import type { PsaHttp, PsaHttpRequest } from '../../psa/http.ts';
import { PsaError } from '../../psa/errors.ts';

/** Somebody who waits before a request goes out, or before its answer comes in. */
interface Waiting {
  readonly at: 'send' | 'answer';
  readonly request: PsaHttpRequest;
  readonly go: () => void;
  readonly fail: (error: Error) => void;
}

/** Work that stops at every request and answer until somebody lets it go on, so that a test can say who comes when. */
export class Actor {
  readonly name: string;
  /** As the work sees the PSA. */
  readonly http: PsaHttp;
  readonly #http: PsaHttp;
  #waiting: Waiting | null = null;
  #over = false;
  #notice: () => void = () => undefined;

  constructor(name: string, http: PsaHttp) {
    this.name = name;
    this.#http = http;
    this.http = {
      request: async (request) => {
        await this.#stop('send', request);
        const answer = await http.request(request);
        await this.#stop('answer', request);
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
        this.#over = true;
        this.#notice();
      });
    await rests;
  }

  /** Lets it go on to its next stop. */
  async step(): Promise<void> {
    await this.#leave(({ go }) => go());
  }

  /** The line dies: what was not sent never arrives, what was is not heard of. */
  async breakLine(): Promise<void> {
    await this.#leave(({ request, fail }) =>
      fail(
        new PsaError('unreachable', 'the line broke', {
          retry: 'backoff',
          scope: 'integration',
          mayHaveHappened: request.method !== 'GET',
        }),
      ),
    );
  }

  /** The power cut: not another step of it. A request that was about to go out arrives all the same if it is `late`. */
  async kill(late: boolean): Promise<void> {
    const waiting = this.#waiting;
    this.#over = true;
    this.#waiting = null;
    if (late && waiting?.at === 'send') await this.#http.request(waiting.request).catch(() => undefined);
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
