import { runHere } from './run-here.ts';

await runHere(async () => (await import('./consulate-cli.ts')).runConsulate);
