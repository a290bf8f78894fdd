import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { buildSync } from 'esbuild';

/** The script of the chat page, bundled when somebody first opens it. */
export function createScript(): () => Buffer {
  let script: Buffer | undefined;
  return () => {
    script ??= bundle();
    return script;
  };
}

function bundle(): Buffer {
  const { outputFiles } = buildSync({
    entryPoints: [fileURLToPath(new URL('./client/main.tsx', import.meta.url))],
    bundle: true,
    minify: true,
    write: false,
    format: 'esm',
    target: ['chrome111', 'edge111', 'firefox113', 'safari16.2'],
    jsx: 'automatic',
    jsxImportSource: 'preact',
    logLevel: 'silent',
  });
  return Buffer.from(outputFiles[0]?.contents ?? '');
}

export const CHAT_STYLE = readFileSync(new URL('./chat.css', import.meta.url), 'utf8');
