/**
 * The id of a request to an api process, in its answers and in every log that tells of it: the
 * process's number and the request's number there, in base 36 both.
 */
export const requestIdOf = (processNumber: number, requestNumber: number): string =>
  `${processNumber.toString(36)}-${requestNumber.toString(36)}`;

/** The number of the request within its process. */
export const requestNumberOf = (requestId: string): number =>
  Number.parseInt(requestId.slice(requestId.indexOf('-') + 1), 36);
