import { ProblemError } from '../problems.js';
import type { Scope } from './caller.js';

/** RFC 6750: how to ask again. */
const challenge = (parameters = '') => ({
  'www-authenticate': `Bearer realm="stile"${parameters}`,
});

/** There is no credential, and the route needs one. */
export const missingCredential = (): ProblemError =>
  new ProblemError('unauthenticated', {
    detail: 'Send a token or an API key as Authorization: Bearer …',
    headers: challenge(),
  });

/** The credential is there, but it is not, or no longer, good for anything. */
export const invalidCredential = (detail: string): ProblemError =>
  new ProblemError('unauthenticated', { detail, headers: challenge(', error="invalid_token"') });

/** The caller is known and may not do this. */
export const missingScope = (scope: Scope): ProblemError =>
  new ProblemError('forbidden', {
    detail: `This needs the scope "${scope}".`,
    members: { scope },
    headers: challenge(`, error="insufficient_scope", scope="${scope}"`),
  });
