import { ensureInstalled, root, runTypeScript } from './ensure.mjs';

ensureInstalled();
process.chdir(root);
await runTypeScript('bench/main.ts');
