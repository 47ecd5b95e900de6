/** What PostgreSQL says when it can't start, and what the reader can do about each. */
const fixes: readonly (readonly [RegExp, string])[] = [
  [
    /No space left on device|Check free disk space|Disk quota exceeded/i,
    'The disk is full: make room, or set DATA_DIR to another disk.',
  ],
  [
    /could not bind|Address already in use|could not create any TCP\/IP sockets/i,
    'Its port is taken: stop the program that listens there, or choose another port.',
  ],
  [
    /error while loading shared libraries|Library not loaded/i,
    'A library is missing: run "npm rebuild" to link those that came with PostgreSQL, and install ' +
      'the others with the package manager of your system.',
  ],
  [
    /pre-existing shared memory block/i,
    'Processes of a killed PostgreSQL still finish their work on this data: end them, then start again.',
  ],
  [
    /could not create shared memory|could not map anonymous shared memory|Cannot allocate memory/i,
    'There is too little memory for it: free some, or lower shared_buffers.',
  ],
  [
    /Permission denied|Read-only file system|Operation not permitted/i,
    'It may not read or write its files: give DATA_DIR to the user that runs it, or set DATA_DIR to ' +
      'a directory that can be written.',
  ],
  [
    /database files are incompatible with server/i,
    'The data was made by another version: set DATA_DIR to another directory.',
  ],
];

/** One message of what failed, what to do when that is known, and the program's own last lines. */
export function explainFailure(what: string, output: string): string {
  const fix = fixes.find(([pattern]) => pattern.test(output))?.[1];
  const lastLines = output.trim().split('\n').slice(-8).join('\n');
  return `${[`${what}.`, fix].filter(Boolean).join(' ')}\n${lastLines}`;
}

/**
 * The same for what Node says: a file system that refuses is explained, anything else passes
 * through as it is.
 */
export function explainSystemError(dataDir: string, error: unknown): unknown {
  const { code, syscall, message } = error as NodeJS.ErrnoException;
  if (!code || !syscall) return error;
  return new Error(explainFailure(`${dataDir} can't be used`, message), { cause: error });
}
