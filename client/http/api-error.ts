/** One complaint in the form of IT Glue: `status` is a number, `source` names the attribute or parameter. */
export interface ErrorObject {
  readonly status: number;
  readonly title: string;
  readonly detail?: string;
  readonly source?: { readonly pointer: string } | { readonly parameter: string };
  readonly meta?: Readonly<Record<string, unknown>>;
}

/** What can be wrong with a request, with the title that IT Glue gives it. */
export const TITLES = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  409: 'Conflict',
  413: 'Content Too Large',
  415: 'Unsupported Media Type',
  422: 'Unprocessable Entity',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
  503: 'Service Unavailable',
} as const satisfies Readonly<Record<number, string>>;

export type ErrorStatus = keyof typeof TITLES;

export type Complaint = Omit<ErrorObject, 'status' | 'title'>;

/** A request that can't be done, as its answer says it. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly status: ErrorStatus;
  readonly errors: readonly ErrorObject[];

  constructor(status: ErrorStatus, complaints: readonly Complaint[]) {
    super(complaints.map((complaint) => complaint.detail).join(' ') || TITLES[status]);
    this.status = status;
    this.errors = complaints.map((complaint) => ({ status, title: TITLES[status], ...complaint }));
  }
}

/** A request that can't be done, for one reason. */
export function apiError(status: ErrorStatus, detail: string, source?: ErrorObject['source']): ApiError {
  return new ApiError(status, [{ detail, ...(source && { source }) }]);
}
