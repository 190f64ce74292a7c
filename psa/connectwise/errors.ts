import { PsaError, type PsaErrorScope } from '../errors.ts';
import { isHtml, statusFailure, type Asked } from '../http/answers.ts';
import type { PsaHttpAnswer } from '../http.ts';
import { complaintWords } from './complaints.ts';
import type { Permission } from './lists.ts';
import { errorBody } from './schemas.ts';

export const PSA = 'ConnectWise';

/** Plain text, and only at its beginning: the error about a record may quote anything that is written in it. */
const CANNOT_ROUTE = /^\W*cannot route/iu;
const MAX_TEXT_CHARACTERS = 2_000; // a gateway's error page may be long; signs stand at the beginning

/** Of a contact with the name and an e-mail address of another one of the company. */
const DUPLICATE_CONTACT = 'ContactApi';
const DUPLICATE_WORDS = 'the company has a contact of this name and e-mail address already';

/** What was asked for, and the right that it takes. */
export interface Asking {
  /** "list contacts". */
  readonly what: string;
  readonly scope: PsaErrorScope;
  readonly permission?: Permission;
  /** Whether it is to change something. */
  readonly write?: boolean;
}

/** What is looked at to tell failures apart; codes are compared, texts only searched. */
interface Complaint {
  readonly status: number;
  readonly code: string;
  readonly text: string;
  readonly scope: PsaErrorScope;
  readonly write: boolean;
}

interface Sign {
  readonly when: (complaint: Complaint) => boolean;
  readonly code: PsaError['code'];
  readonly words: string;
}

/** Signs that say more than the HTTP status, first match wins; all of them concern the whole integration and need a person. */
const SIGNS: readonly Sign[] = [
  {
    when: ({ status, text }) => status === 400 && CANNOT_ROUTE.test(text),
    code: 'wrong_address',
    words: 'does not know this company or codebase: check the address and the company id',
  },
  {
    when: ({ code, text }) => code === 'Security' && /ssl is required/iu.test(text),
    code: 'wrong_address',
    words: 'does not serve its API at this host: cloud hosts need api- in front',
  },
  {
    when: ({ status, code, scope }) => status === 404 && code !== 'NotFound' && scope !== 'parent',
    code: 'wrong_address',
    words: 'has no API at this address: check it, or enter the host alone, so that the codebase is looked up',
  },
  {
    // A record that is refused may name a field of that name as well, or hold the words.
    when: ({ status, code, text, write }) =>
      (status === 401 || (status === 400 && code !== 'InvalidObject' && !write)) && /client\s*id/iu.test(text),
    code: 'unauthorized',
    words: 'refuses the client id: check it at developer.connectwise.com',
  },
  {
    when: ({ status, text }) => status === 401 && /usernotauthenticated/iu.test(text),
    code: 'unauthorized',
    words:
      'accepts the keys and refuses their member: check that the API member is active and its security role is large enough',
  },
  {
    when: ({ status }) => status === 401,
    code: 'unauthorized',
    words: 'refuses the credentials: check the company id (upper and lower case matter) and both keys',
  },
];

/** A failed answer of ConnectWise as an error; texts of the server go into `details` only, they may hold record content. */
export function connectWiseFailure(answer: PsaHttpAnswer, asking: Asking): PsaError {
  const { what, scope, permission, write = false } = asking;
  const { status } = answer;
  const { code, text, details, words } = read(answer);
  const requestId = answer.headers['x-cw-request-id'];
  const extra = { details, ...(requestId !== undefined && { requestId }) };
  const sign = SIGNS.find(({ when }) => when({ status, code, text, scope, write }));
  if (sign) {
    const options = { ...extra, status, retry: 'never', scope: 'integration' } as const;
    return new PsaError(sign.code, `${PSA} ${sign.words} (${what}, HTTP ${status})`, options);
  }
  if (status === 403 && permission) {
    const message = isHtml(answer)
      ? `a gateway in front of ${PSA} does not allow to ${what} (HTTP 403): ask those who run it`
      : `${PSA} does not allow to ${what} (HTTP 403): the security role of the API member needs ${permission.what}, ${permission.level}`;
    return new PsaError('forbidden', message, { ...extra, status, retry: 'never', scope });
  }
  if (status === 400 && write) {
    const reason = code === DUPLICATE_CONTACT ? DUPLICATE_WORDS : words || 'its reason is in the details';
    const message = `${PSA} does not take it (${what}, HTTP 400): ${reason}`;
    return new PsaError('refused', message, { ...extra, status, retry: 'never', scope });
  }
  const asked: Asked = { psa: PSA, what, scope, write };
  return statusFailure(answer, asked, extra);
}

/** Whether the codebase may have moved: anything but a plain "this record does not exist". */
export function mayHaveMoved(answer: PsaHttpAnswer): boolean {
  if (answer.status === 404) return read(answer).code !== 'NotFound';
  return answer.status === 400 && CANNOT_ROUTE.test(answer.text);
}

function read({ text }: PsaHttpAnswer): { code: string; text: string; details: PsaError['details']; words: string } {
  const body = errorBody.safeParse(parsed(text)).data;
  const complaints = (body?.errors ?? []).map(({ field, message, code }) => ({
    field: field ?? null,
    message: message ?? code ?? '',
  }));
  const whole = body?.message ? [{ field: null, message: body.message }] : [];
  return {
    code: body?.code ?? '',
    text: text.slice(0, MAX_TEXT_CHARACTERS),
    details: complaints.length > 0 ? complaints : whole,
    words: complaintWords(body?.errors ?? []),
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
