/** What a check found to be broken. */
export interface Violation {
  /** The promise that was broken, such as `decided exactly once`. */
  readonly promise: string;
  /** Which booking, section or answer, and how. */
  readonly detail: string;
}
