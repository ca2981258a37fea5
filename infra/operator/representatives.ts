import { runHere } from './run-here.ts';

await runHere(async () => (await import('./representatives-cli.ts')).runRepresentatives);
