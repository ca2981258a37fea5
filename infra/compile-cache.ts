import { enableCompileCache } from 'node:module';
import { fileURLToPath } from 'node:url';

/* Imported before all else: what Node compiles from here on, CDK and esbuild above all, it need not compile the next time. */
enableCompileCache(fileURLToPath(new URL('../node_modules/.cache/node', import.meta.url)));
