/** Thrown by `within` for work that takes too long. */
export class TimeLimitError extends Error {
  override readonly name = 'TimeLimitError';
}

/** Throws a `TimeLimitError` when `work` takes longer than `ms`; the work itself goes on, and its end is not missed. */
export async function within<Result>(
  work: Promise<Result>,
  ms: number,
  what: string,
): Promise<Result> {
  let timer: NodeJS.Timeout | undefined;
  const deadline = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new TimeLimitError(`${what} took longer than ${ms} ms`)), ms);
  });
  try {
    return await Promise.race([work, deadline]);
  } finally {
    clearTimeout(timer);
  }
}
