import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { type Config, readConfig } from '../config.ts';

/**
 * The configuration of the instance that `npm start` runs in `PESAN_DATA_DIR`, or of the environment
 * where that has everything. Throws an `Error` that says how to get one.
 */
export function findInstance(): Config {
  const config = readConfig();
  if (config.databaseUrl && config.secret) return config;
  const file = path.resolve(config.dataDir, 'instance.json');
  if (!existsSync(file)) {
    throw new Error(
      `No instance was ever started in ${path.resolve(config.dataDir)}: run \`npm start\`, or set ` +
        'PESAN_DATA_DIR to its folder.',
    );
  }
  const { env } = JSON.parse(readFileSync(file, 'utf8')) as { env: Record<string, string> };
  return readConfig(env);
}
