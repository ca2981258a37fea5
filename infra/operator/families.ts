import { runFamilies } from './families-cli.ts';
import { connect } from './target.ts';

process.exitCode = await runFamilies(process.argv.slice(2), {
  connect,
  out: (text) => console.log(text),
  err: (text) => console.error(text),
  localPort: process.env['PORT'],
});
