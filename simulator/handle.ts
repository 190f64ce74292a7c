import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Admin, ServerSettings } from './admin/admin.ts';
import { effect, NO_FAULT } from './admin/fault-effect.ts';
import { effectOf } from './admin/fault-rule.ts';
import type { Faults } from './admin/faults.ts';
import type { LateWrites } from './admin/late-writes.ts';
import type { RequestLog } from './admin/request-log.ts';
import { ADMIN_PREFIX, answerAdmin } from './admin/routes.ts';
import { send } from './http/send.ts';
import { readBody, type RequestHandler } from './http/server.ts';
import { jsonOrText } from './parse-json.ts';
import type { ApiRequest, Reply, SimulatedPsa } from './psa.ts';

export interface HandlerParts {
  readonly psa: SimulatedPsa;
  readonly admin: Admin;
  readonly faults: Faults;
  readonly log: RequestLog;
  readonly late: LateWrites;
  readonly server: ServerSettings;
  readonly scheme: 'http' | 'https';
}

function splitUrl(url: string): { path: string; query: string } {
  const at = url.indexOf('?');
  return at < 0 ? { path: url, query: '' } : { path: url.slice(0, at), query: url.slice(at + 1) };
}

async function handleApi(
  { psa, faults, log, late, server, scheme }: HandlerParts,
  incoming: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { method = 'GET', headers, url = '/' } = incoming;
  const { path, query } = splitUrl(url);
  const rulePath = psa.rulePath(path);
  const entry = log.begin(method, rulePath, query);
  response.once('close', () => log.end(entry, response.headersSent ? response.statusCode : 0));
  const body = method === 'GET' ? '' : await readBody(incoming);
  if (server.logBodies && body !== '') entry.requestBody = jsonOrText(body);
  const origin = `${scheme}://${headers.host ?? ''}`;
  const request: ApiRequest = { number: entry.number, method, path, query, headers, body, origin };
  const { refused, waitMs: admissionMs = 0, leave } = psa.admit?.(request) ?? {};
  if (leave && response.closed) leave();
  else if (leave) response.once('close', leave);
  if (refused) return send(response, refused, { how: 'whole' });
  if (server.latencyMs + admissionMs > 0) await sleep(server.latencyMs + admissionMs);

  const carriedOut = async (): Promise<Reply> => {
    const truth = await psa.answer(request);
    log.done(entry, truth.status);
    if (server.logBodies) Object.assign(entry, { answerBody: truth.json ?? truth.text });
    return truth;
  };
  const rule = faults.strike(method, rulePath, query);
  if (rule) entry.fault = effectOf(rule);
  const { carryOut, waitMs, reply, delivery } = rule ? effect(rule, psa) : NO_FAULT;
  if (carryOut === 'unseen') late.schedule(carriedOut, waitMs);
  else if (waitMs > 0) await sleep(waitMs);
  const truth = carryOut === 'yes' ? await carriedOut() : { status: 200 };
  await send(response, reply(truth), delivery);
}

/** The way of every request: admin side, or log, latency, faults, the PSA's answer, and how it is sent. */
export function createHandler(parts: HandlerParts): RequestHandler {
  return async (incoming, response) => {
    const { path, query } = splitUrl(incoming.url ?? '/');
    if (path !== ADMIN_PREFIX && !path.startsWith(`${ADMIN_PREFIX}/`)) return handleApi(parts, incoming, response);
    const below = path.slice(ADMIN_PREFIX.length);
    const reply = answerAdmin(parts.admin, incoming.method ?? 'GET', below, query, await readBody(incoming));
    await send(response, reply, { how: 'whole' });
  };
}
