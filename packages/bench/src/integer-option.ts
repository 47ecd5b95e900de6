/** Thrown for a command line that makes no sense; the message says what would. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

export interface IntegerBounds {
  readonly min: number;
  readonly max: number;
}

/** The whole number that an option was given, or a UsageError that names the option. */
export function integerOption(name: string, text: string, { min, max }: IntegerBounds): number {
  const value = /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN;
  if (value >= min && value <= max) return value;
  throw new UsageError(`--${name} must be a whole number from ${min} to ${max}, not "${text}"`);
}
