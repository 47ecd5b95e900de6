import { expect, test } from 'vitest';
import { portIn, renderSettings } from './settings.js';

test("the caller's settings win over ours, and the port over both", () => {
  const file = renderSettings(5433, { max_connections: '300', port: '1' });
  expect(file).toContain("max_connections = '300'\n");
  expect(file).not.toContain("max_connections = '200'");
  expect(portIn(file)).toBe(5433);
});

test('a value with quotes and backslashes stays one value', () => {
  expect(renderSettings(1, { log_line_prefix: "it's \\ " })).toContain(
    "log_line_prefix = 'it''s \\\\ '\n",
  );
});

test('a file without a port has none', () => {
  expect(portIn('')).toBeUndefined();
});
