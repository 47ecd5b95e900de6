/** What a caller may be allowed. `operate` includes the others, for everybody's bookings. */
export const scopes = ['events:read', 'events:write', 'book', 'metrics:read', 'operate'] as const;
export type Scope = (typeof scopes)[number];

/** Whoever sent a request. */
export interface Caller {
  /**
   * Names the caller for good: `user:<subject>` by a token, `key:<id>` by an API key. Undefined
   * for somebody without a credential.
   */
  readonly id: string | undefined;
  readonly scopes: ReadonlySet<Scope>;
}

/** Everybody, while the server runs open: may do everything. */
export const everybody: Caller = { id: undefined, scopes: new Set(scopes) };

/** Somebody without a credential, where one is asked for. */
export const nobody: Caller = { id: undefined, scopes: new Set() };

export const isOperator = (caller: Caller): boolean => caller.scopes.has('operate');

export const may = (caller: Caller, scope: Scope): boolean =>
  caller.scopes.has(scope) || isOperator(caller);

/** What a caller's bookings, users and queued commands are known by. */
export interface Owned {
  /** Null or absent when it was made while the server ran open. */
  readonly caller?: string | null;
}

/**
 * Whether the caller may see and change this. What was made while the server ran open belongs to
 * nobody: only operators may, once it runs closed.
 */
export const owns = (caller: Caller, { caller: owner }: Owned): boolean =>
  isOperator(caller) || (caller.id !== undefined && caller.id === owner);

/** What of a list the caller sees: all of it as an operator, else what is the caller's own. */
export const ownOnly = (caller: Caller): { readonly caller?: string } =>
  isOperator(caller) ? {} : { caller: caller.id ?? '' };

/** The caller of a new command, for the command to carry. */
export const givenBy = ({ id }: Caller): { readonly caller?: string } =>
  id === undefined ? {} : { caller: id };

/** The scopes among these words; others are passed over, for they may mean something elsewhere. */
export const scopesIn = (words: readonly string[]): ReadonlySet<Scope> =>
  new Set(scopes.filter((scope) => words.includes(scope)));
