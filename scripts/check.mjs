// Format, lint, types, architecture, workflow bundle, stale schema: under a minute.
import { spawnSync } from 'node:child_process';
import { ensureInstalled, root } from './ensure.mjs';

ensureInstalled();
process.chdir(root);

const bin = (name) => `${root}node_modules/.bin/${name}`;
const steps = [
  ['format and lint', bin('biome'), ['check', '--error-on-warnings', '.']],
  ['types', bin('tsc'), ['--noEmit']],
  ['architecture', bin('vitest'), ['run', '--config', 'vitest.check.config.ts']],
];
for (const [what, command, args] of steps) {
  console.log(`• ${what}`);
  const { status } = spawnSync(command, args, { stdio: 'inherit' });
  if (status !== 0) process.exit(1);
}

console.log('• workflow bundle and schema');
const { register } = await import('tsx/esm/api');
register();
const { checkProject } = await import('../src/local/check.ts');
const faults = await checkProject(process.argv.includes('--write-schema'));
for (const fault of faults) console.error(fault);
process.exit(faults.length > 0 ? 1 : 0);
