import { readFile } from 'node:fs/promises';
import { runRepresentatives } from './representatives-cli.ts';
import { connect } from './target.ts';

process.exitCode = await runRepresentatives(process.argv.slice(2), {
  connect,
  out: (text) => console.log(text),
  err: (text) => console.error(text),
  localPort: process.env['PORT'],
  readFile: async (path) => readFile(path, 'utf8'),
});
