import { runHere } from './run-here.ts';

await runHere(async () => (await import('./alerts-cli.ts')).runAlerts);
