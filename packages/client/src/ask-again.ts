import { pause, retryAfterMs } from './pause.js';

export interface AskOptions {
  readonly signal: AbortSignal | undefined;
  /** Milliseconds after which a request counts as lost. */
  readonly answerMsMax: number;
  /** Statuses that are an answer to wait for, beside those of a server that can't answer now. */
  readonly notYet?: readonly number[];
}

const attemptsMax = 6;
/** Milliseconds before the second attempt when the server names no time; doubled with each after. */
const firstPauseMs = 250;
/** Too many requests, or a server, or the proxy before it, that can't answer now. */
const passing: readonly number[] = [429, 502, 503, 504];

/**
 * Sends a request that may be sent any number of times, until it is answered: again after a broken
 * connection and after an answer that says so, when the server says so; six times at most. Throws
 * what broke the last connection, and the reason of the signal.
 */
export async function askAgain<Answer extends { readonly response: Response }>(
  send: (signal: AbortSignal) => Promise<Answer>,
  { signal, answerMsMax, notYet = [] }: AskOptions,
): Promise<Answer> {
  for (let attempt = 1; ; attempt++) {
    const late = AbortSignal.timeout(answerMsMax);
    let pauseMs = firstPauseMs * 2 ** (attempt - 1) * (0.5 + Math.random());
    try {
      const answer = await send(signal === undefined ? late : AbortSignal.any([signal, late]));
      const { status } = answer.response;
      if (attempt === attemptsMax || !(passing.includes(status) || notYet.includes(status))) {
        return answer;
      }
      pauseMs = retryAfterMs(answer.response) ?? pauseMs;
    } catch (error) {
      if (signal?.aborted || !(isBroken(error) || late.aborted) || attempt === attemptsMax)
        throw error;
    }
    await pause(pauseMs, signal);
  }
}

/** Every browser and Node throw a TypeError when a connection can't be made or breaks. */
const isBroken = (error: unknown): boolean => error instanceof TypeError;
