import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { findCli } from '../../src/local/temporalcli.ts';

let home: string;

beforeEach(() => {
  home = mkdtempSync(path.join(os.tmpdir(), 'pesan-cli-'));
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(home, { recursive: true, force: true });
});

/** A program that says that it is Temporal's command line of this version. */
function cliOf(version: string, name = 'temporal'): string {
  const file = path.join(home, name);
  writeFileSync(file, `#!/bin/sh\necho "temporal version ${version} (Server 1.0, UI 2.0)"\n`);
  chmodSync(file, 0o755);
  return file;
}

describe('no Temporal to be had', () => {
  it('is said with the program that was named, and what to do', async () => {
    const cli = path.join(home, 'nothing');
    const found = findCli({ dataDir: home, cli });
    await expect(found).rejects.toThrow(
      /There is no Temporal to be had:\n {2}- TEMPORAL_CLI \(.*nothing\): none that runs\n.*TEMPORAL_ADDRESS/s,
    );
  });

  it('is said of one that is too old, with its version', async () => {
    const cli = cliOf('1.8.2');
    await expect(findCli({ dataDir: home, cli })).rejects.toThrow('is 1.8.2: too old');
  });

  it('lists everything that was tried where nothing is installed and nowhere can be written', async () => {
    // Neither a program nor a folder: both places for what is fetched lie below a file.
    const file = path.join(home, 'file');
    writeFileSync(file, '');
    vi.stubEnv('PATH', path.join(home, 'empty'));
    const found = findCli({ dataDir: file, cacheDir: file });
    await expect(found).rejects.toThrow(
      /temporal on PATH: none that runs\n.*file\/pesan cannot be written\n.*Put `temporal` ≥ 1\.9 on PATH/s,
    );
  });

  it('is not so where one new enough is on PATH, or was fetched before', async () => {
    vi.stubEnv('PATH', `${home}:/bin:/usr/bin`);
    cliOf('1.9.1');
    expect(await findCli({ dataDir: home, cacheDir: home })).toBe('temporal');
    rmSync(path.join(home, 'temporal'));
    const bin = 'pesan/temporal-1.9.1/bin';
    mkdirSync(path.join(home, bin), { recursive: true });
    const fetched = cliOf('1.9.1', path.join(bin, 'temporal'));
    vi.stubEnv('PATH', '/bin');
    expect(await findCli({ dataDir: home, cacheDir: home })).toBe(fetched);
  });
});
