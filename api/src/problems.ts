/** Every problem that this api answers with: the one table from code to status and title. */
export const problems = {
  validation: { status: 400, title: 'The request is not valid' },
  'bad-json': { status: 400, title: 'The body is not valid JSON' },
  'bad-request': { status: 400, title: 'The request could not be read' },
  unauthenticated: { status: 401, title: 'Who is calling is not known' },
  forbidden: { status: 403, title: 'The caller may not do this' },
  'not-found': { status: 404, title: 'There is nothing at this address' },
  'unknown-event': { status: 404, title: 'There is no such event' },
  'unknown-section': { status: 404, title: 'There is no such section' },
  'unknown-booking': { status: 404, title: 'There is no such booking' },
  'unknown-user': { status: 404, title: 'There is no such user' },
  'unknown-webhook': { status: 404, title: 'There is no such webhook' },
  'unknown-delivery': { status: 404, title: 'There is no such delivery' },
  'request-timeout': { status: 408, title: 'The request took too long to arrive' },
  'sold-out': { status: 409, title: 'Not enough seats are left' },
  'seat-taken': { status: 409, title: 'A seat is taken' },
  'limit-exceeded': { status: 409, title: 'More seats than allowed' },
  'sales-closed': { status: 409, title: 'Not on sale at this time' },
  'not-decidable': { status: 409, title: 'The request could not be decided' },
  'hold-expired': { status: 409, title: 'The hold is over' },
  'not-held': { status: 409, title: 'The booking is not held' },
  'not-cancellable': { status: 409, title: 'The booking has no seats to give back' },
  'below-sold': { status: 409, title: 'More seats are sold than that' },
  'fixed-seats': { status: 409, title: 'Numbered seats stay as many as they are' },
  'no-numbered-seats': { status: 409, title: 'The section has no numbered seats' },
  'live-bookings': { status: 409, title: 'There are live bookings' },
  'email-taken': { status: 409, title: 'Another user has this e-mail address' },
  'too-many-webhooks': { status: 409, title: 'There are as many webhooks as there can be' },
  'payload-too-large': { status: 413, title: 'The body is too large' },
  'unsupported-media-type': { status: 415, title: 'Send the body as application/json' },
  'idempotency-key-reused': { status: 422, title: 'The key stands for another request' },
  'headers-too-large': { status: 431, title: 'The headers are too large' },
  'rate-limited': { status: 429, title: 'Too many requests' },
  internal: { status: 500, title: 'Something went wrong on our side' },
  overloaded: { status: 503, title: 'Too many requests are waiting; try again later' },
  unavailable: { status: 503, title: 'A server that is needed is down; try again later' },
} as const;

export type ProblemCode = keyof typeof problems;

export interface FieldError {
  /** JSON pointer into the body, or the name of the parameter behind a slash. */
  readonly path: string;
  readonly message: string;
}

export interface ProblemDetails {
  /** What is wrong with this request, and what to do about it. */
  readonly detail: string;
  /** Members of the problem's own, such as `remaining`. */
  readonly members?: Readonly<Record<string, unknown>>;
  readonly retryAfterSeconds?: number;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Thrown by a handler to answer with a problem (RFC 9457). */
export class ProblemError extends Error {
  override readonly name = 'ProblemError';
  readonly code: ProblemCode;
  readonly details: ProblemDetails;

  constructor(code: ProblemCode, details: ProblemDetails) {
    super(details.detail);
    this.code = code;
    this.details = details;
  }
}

/** The body of an `application/problem+json` answer. */
export const problemBody = (code: ProblemCode, instance: string, details: ProblemDetails) => ({
  type: `/problems/${code}`,
  title: problems[code].title,
  status: problems[code].status,
  detail: details.detail,
  instance,
  ...details.members,
});

export const unknownEvent = (id: string): ProblemError =>
  new ProblemError('unknown-event', { detail: `No event has the id ${id}.` });

export const unknownSection = (id: string): ProblemError =>
  new ProblemError('unknown-section', { detail: `No section has the id ${id}.` });

export const unknownBooking = (id: string): ProblemError =>
  new ProblemError('unknown-booking', { detail: `No booking has the id ${id}.` });

export const unknownUser = (id: string): ProblemError =>
  new ProblemError('unknown-user', { detail: `No user has the id ${id}.` });

export const unknownWebhook = (id: string): ProblemError =>
  new ProblemError('unknown-webhook', { detail: `No webhook has the id ${id}.` });
