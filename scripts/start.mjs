import { loadSettings, prepare, runTypeScript } from './ensure.mjs';

await prepare();
loadSettings();
await runTypeScript('src/local/main.ts');
