import { runAlerts } from './alerts-cli.ts';
import { connect } from './target.ts';

process.exitCode = await runAlerts(process.argv.slice(2), {
  connect,
  out: (text) => console.log(text),
  err: (text) => console.error(text),
  localPort: process.env['PORT'],
});
