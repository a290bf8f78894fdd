import { prepare, runTypeScript } from './ensure.mjs';

await prepare();
await runTypeScript('bench/main.ts');
