import { execFile } from 'node:child_process';
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { type Stack, startStack } from './stack.test-fixture.js';
import {
  fencedBlocks,
  learnIds,
  missingLines,
  shownCommands,
  withIds,
} from './transcript.test-fixture.js';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const shownAddress = 'http://127.0.0.1:3000';
/** A stream has no end: this many seconds of it are read. */
const streamSeconds = 2;

const pageNames = [
  'README.md',
  ...(await readdir(`${root}docs`))
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
];
const pages = await Promise.all(
  pageNames.map(async (name) => ({ name, text: await readFile(`${root}${name}`, 'utf8') })),
);

let stack: Stack;
/** The ids of this run by those that the pages show. */
const ids = new Map<string, string>();
beforeAll(async () => {
  stack = await startStack();
  // What npm start makes when nothing is for sale, and what it prints of it.
  const answer = await fetch(`${stack.address}/events`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      name: 'An evening at the Stile',
      sections: [{ name: 'Standing', price: 3_500, capacity: 500 }],
    }),
  });
  const event = (await answer.json()) as { readonly sections: readonly { readonly id: string }[] };
  const shown = /Standing:\n[^\n]*\n[^\n]*"sectionId":"([^"]+)"/.exec(pages[0]?.text ?? '')?.[1];
  ids.set(shown ?? '', event.sections[0]?.id ?? '');
});
afterAll(() => stack.stop());

/** What a shell prints for it. */
const printed = (command: string): Promise<string> =>
  new Promise((resolve) => {
    execFile('bash', ['-c', command], (_error, stdout, stderr) => resolve(stdout + stderr));
  });

const commands = pages
  .flatMap(({ name, text }) => shownCommands(name, text))
  .filter(({ command }) => command.startsWith('curl '));

test('the pages show how to use it with curl', () => {
  expect(commands.length).toBeGreaterThan(10);
});

test.each(commands)('$place prints what the page shows', async ({ command, output }) => {
  const asked = withIds(command, ids)
    .replaceAll(shownAddress, stack.address)
    .replace(/^curl -sN/, `curl -sN --max-time ${streamSeconds}`);
  const answer = await printed(asked);
  learnIds(output.join('\n'), answer, ids);
  const missing = missingLines(
    output.map((line) => withIds(line, ids)),
    answer,
  );
  expect(missing, answer).toEqual([]);
});

const programs = pages.flatMap(({ name, text }) =>
  fencedBlocks(text)
    .filter(({ language }) => language === 'ts')
    .map(({ line, lines }) => ({ place: `${name}:${line}`, lines })),
);

test('the pages show how to use it with the client', () => {
  expect(programs.length).toBeGreaterThan(0);
});

test.each(programs)(
  'the program at $place has no type errors and runs',
  async ({ place, lines }) => {
    const file = fileURLToPath(new URL(`./${place.replace(/\W/g, '-')}.ts`, import.meta.url));
    await writeFile(file, lines.join('\n').replaceAll(shownAddress, stack.address));
    const log = vi.spyOn(console, 'log').mockImplementation(() => undefined);
    try {
      expect(typeErrors(file)).toEqual([]);
      await import(/* @vite-ignore */ file);
      const said = log.mock.calls.map(([text]) => String(text));
      const promised = lines.flatMap((line) => /\/\/ prints (.*)$/.exec(line)?.[1] ?? []);
      expect(said).toEqual(expect.arrayContaining(promised));
    } finally {
      log.mockRestore();
      await rm(file);
    }
  },
);

function typeErrors(file: string): string[] {
  const config = ts.readConfigFile(`${root}tsconfig.base.json`, ts.sys.readFile).config;
  const { options } = ts.parseJsonConfigFileContent({ ...config, files: [file] }, ts.sys, root);
  const program = ts.createProgram([file], { ...options, noEmit: true });
  return ts
    .getPreEmitDiagnostics(program)
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'));
}
