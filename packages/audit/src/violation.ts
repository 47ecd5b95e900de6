/** The first place where the stored history of a section is not what replaying it gives. */
export interface Violation extends Difference {
  readonly sectionId: string;
  /** The broken decision; for the section's own row, the last one of its ledger. */
  readonly sequence: number;
}

/** A fact that should be the same in two places and isn't. */
export interface Difference {
  /** Such as `remaining` or `the booking's price`. */
  readonly what: string;
  readonly expected: Value;
  readonly found: Value;
}

export type Value = string | number | boolean | null;
