import { fileURLToPath } from 'node:url';
import { buildSync } from 'esbuild';

/** A page's script with all it imports, bundled when somebody first asks for it. */
export function createScript(entry: URL): () => Buffer {
  let script: Buffer | undefined;
  return () => {
    script ??= bundle(fileURLToPath(entry));
    return script;
  };
}

function bundle(entry: string): Buffer {
  const { outputFiles } = buildSync({
    entryPoints: [entry],
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
