// Format, lint, types, architecture, workflow bundle, stale schema: under a minute.
import { prepare, root, runProgram, runTypeScript } from './ensure.mjs';

await prepare();
const bin = (name) => `${root}node_modules/.bin/${name}`;
const steps = [
  ['format and lint', bin('biome'), ['check', '--error-on-warnings', '.']],
  ['types', bin('tsc'), ['--noEmit']],
  ['architecture', bin('vitest'), ['run', '--config', 'vitest.check.config.ts']],
];
for (const [what, command, args] of steps) {
  console.log(`• ${what}`);
  if ((await runProgram(command, args)) !== 0) process.exit(1);
}

console.log('• workflow bundle and schema');
const { checkProject } = await runTypeScript('src/local/check.ts');
const faults = await checkProject(process.argv.includes('--write-schema'));
for (const fault of faults) console.error(fault);
process.exit(faults.length > 0 ? 1 : 0);
