import { type Config, readConfig } from '../config.ts';
import { takeLock } from './lock.ts';
import { checkPorts, type Wanted } from './ports.ts';
import { isDiskFull, makeDataDir } from './room.ts';
import { endStrays } from './strays.ts';
import { tableOf } from './table.ts';
import { bringUp } from './up.ts';

const asked = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  // A second one waits for what the first one began.
  process.on(signal, () => asked.abort());
}
asked.signal.addEventListener('abort', () => console.error('Stopping …'));
const stopAsked = new Promise((resolve) => asked.signal.addEventListener('abort', resolve));

try {
  const config = readConfig();
  makeDataDir(config.dataDir);
  process.once('exit', takeLock(config.dataDir, config.publicUrl));
  await endStrays(config.dataDir);
  await checkPorts(portsOf(config));
  const local = await bringUp(config, (line) => console.error(line), asked.signal);
  console.log(tableOf(config, local));
  console.log('Pesan is ready');
  await stopAsked;
  await local.stop();
} catch (error) {
  if (!asked.signal.aborted) console.error(wordsFor(error));
  process.exit(asked.signal.aborted ? 0 : 1);
}
process.exit(0);

function portsOf(config: Config): Wanted[] {
  const wanted: Wanted[] = [
    { variable: 'PORT', port: config.port, host: config.host },
    { variable: 'SANDBOX_PORT', port: config.sandboxPort },
    { variable: 'SANDBOX_PORT (mail is 25 above it)', port: config.smtpSandboxPort },
  ];
  if (!config.databaseUrl) wanted.push({ variable: 'POSTGRES_PORT', port: config.postgresPort });
  if (!config.temporalAddress) {
    wanted.push({ variable: 'TEMPORAL_PORT', port: config.temporalPort });
    wanted.push({ variable: 'TEMPORAL_UI_PORT', port: config.temporalUiPort });
  }
  return wanted;
}

function wordsFor(error: unknown): string {
  const words = (error as Error).message || String(error);
  if (!isDiskFull(error)) return words;
  return `The disk is full: free some room, then start again. Nothing was lost.\n${words}`;
}
