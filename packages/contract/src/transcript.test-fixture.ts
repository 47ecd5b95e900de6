/** A command as a page of the docs shows it, and what it prints there. */
export interface ShownCommand {
  /** Where it is: the page and the line, from 1 on. */
  readonly place: string;
  readonly command: string;
  readonly output: readonly string[];
}

/** A fenced block of a page of Markdown. */
export interface FencedBlock {
  readonly language: string;
  /** Of its first line of text, from 1 on. */
  readonly line: number;
  readonly lines: readonly string[];
}

/** The fenced blocks of a page. */
export function fencedBlocks(markdown: string): FencedBlock[] {
  const blocks: FencedBlock[] = [];
  let open: { language: string; line: number; lines: string[] } | undefined;
  markdown.split('\n').forEach((text, index) => {
    const language = /^```(\w*)$/.exec(text)?.[1];
    if (open === undefined) {
      if (language !== undefined) open = { language, line: index + 2, lines: [] };
    } else if (language === '') {
      blocks.push(open);
      open = undefined;
    } else {
      open.lines.push(text);
    }
  });
  return blocks;
}

/** The commands behind `$ ` in the `console` blocks of a page, each with its output. */
export function shownCommands(page: string, markdown: string): ShownCommand[] {
  const commands: { place: string; command: string; output: string[] }[] = [];
  for (const { language, line, lines } of fencedBlocks(markdown)) {
    if (language !== 'console') continue;
    lines.forEach((text, index) => {
      const last = commands.at(-1);
      if (text.startsWith('$ ')) {
        commands.push({ place: `${page}:${line + index}`, command: text.slice(2), output: [] });
      } else if (last !== undefined && isUnfinished(last.command)) {
        last.command += `\n${text}`;
      } else {
        last?.output.push(text);
      }
    });
  }
  return commands;
}

const isUnfinished = (command: string): boolean =>
  command.endsWith('\\') || (command.split("'").length - 1) % 2 === 1;

const uuid = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}';
const namedId = new RegExp(`([\\w-]+)"?: ?"?(?:/bookings/)?(${uuid})`, 'g');

/** Which ids of this run stand for those that the page shows, by the names beside them. */
export function learnIds(shown: string, printed: string, ids: Map<string, string>): void {
  const found = [...printed.matchAll(namedId)];
  let from = 0;
  for (const [, name, id = ''] of shown.matchAll(namedId)) {
    const at = found.findIndex(([, other], index) => index >= from && other === name);
    const [, , now] = found[at] ?? [];
    if (now === undefined) continue;
    from = at + 1;
    if (!ids.has(id)) ids.set(id, now);
  }
}

export const withIds = (text: string, ids: ReadonlyMap<string, string>): string =>
  text.replace(new RegExp(uuid, 'g'), (id) => ids.get(id) ?? id);

/** What is different each time, made the same. */
const steady = (text: string): string =>
  text
    .replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, '<time>')
    .replace(/"instance":"[^"]*"/g, '"instance":"<id>"')
    .replace(/^(date|content-length|keep-alive|x-\S+): .*$/gim, '$1: <any>')
    .replace(/^retry: \d+$/gm, 'retry: <ms>');

/** The lines that were shown and not printed; `…` stands for anything. */
export function missingLines(shown: readonly string[], printed: string): string[] {
  const text = steady(printed.replaceAll('\r', ''));
  return shown.filter((line) => {
    let at = 0;
    return !steady(line)
      .split('…')
      .every((part) => {
        const found = text.indexOf(part.trim(), at);
        at = found + part.trim().length;
        return found >= 0;
      });
  });
}
