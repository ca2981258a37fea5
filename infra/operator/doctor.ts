import { runHere } from './run-here.ts';

await runHere(async () => (await import('./doctor-cli.ts')).runDoctor);
