import { runHere } from './run-here.ts';

await runHere(async () => (await import('./families-cli.ts')).runFamilies);
