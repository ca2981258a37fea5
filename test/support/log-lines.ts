import { vi } from 'vitest';

/** What is logged from now on until the test ends, a line each. */
export const logLines = (): readonly string[] => {
  const lines: string[] = [];
  vi.spyOn(process.stdout, 'write').mockImplementation((line) => lines.push(String(line)) > 0);
  return lines;
};
