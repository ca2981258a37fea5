import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Gives the workers a directory for their temporary files that goes with the run, however they end. */
export default function setup(): () => void {
  const before = tmpdir();
  const directory = mkdtempSync(join(before, 'alert-button-tests-'));
  process.env['TMPDIR'] = directory;
  return () => {
    process.env['TMPDIR'] = before;
    rmSync(directory, { recursive: true, force: true });
  };
}
