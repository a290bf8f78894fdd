import { createHash } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { buildSync } from 'esbuild';
import { type NextFunction, type Request, type Response, Router } from 'express';
import type { Assets } from '../../pages/look.ts';

interface File {
  name: string;
  type: string;
  content: Buffer;
}

const PAGES = new URL('../../pages/', import.meta.url);

/** Which file of `src/pages` becomes what; the browsers of the last five years can read it. */
const SOURCES: Record<keyof Assets, { source: string; type: string }> = {
  style: { source: 'style/pesan.css', type: 'text/css' },
  live: { source: 'islands/live.ts', type: 'text/javascript' },
  form: { source: 'islands/form.ts', type: 'text/javascript' },
  icon: { source: 'icon.svg', type: 'image/svg+xml' },
};
const TARGETS = ['chrome111', 'edge111', 'firefox113', 'safari16.2'];

/**
 * Bundles style and islands, once at the start of a process, and serves them under names that hold
 * the hash of their content: they may be kept for ever, and a new version has a new name.
 */
export function createAssets(): { urls: Assets; router: Router } {
  const files = new Map<string, File>();
  const urls = {} as Assets;
  for (const key of Object.keys(SOURCES) as (keyof Assets)[]) {
    const file = build(key);
    files.set(file.name, file);
    urls[key] = `/assets/${file.name}`;
  }
  const router = Router();
  router.get('/assets/:name', (request: Request, response: Response, next: NextFunction) => {
    const file = files.get(String(request.params.name));
    if (!file) return next();
    response.setHeader('Cache-Control', 'public, max-age=31536000, immutable');
    response.type(file.type).send(file.content);
  });
  return { urls, router };
}

function build(key: keyof Assets): File {
  const { source, type } = SOURCES[key];
  const extension = source.endsWith('.ts') ? 'js' : source.split('.').at(-1);
  const { outputFiles } = buildSync({
    entryPoints: [fileURLToPath(new URL(source, PAGES))],
    bundle: true,
    minify: true,
    write: false,
    format: 'esm',
    target: TARGETS,
    loader: { '.svg': 'copy' },
    outdir: 'out',
    logLevel: 'silent',
  });
  // A copied file comes with an empty script that names it: the file itself is the other output.
  const output = outputFiles.find((file) => file.path.endsWith(`.${extension}`));
  if (!output) throw new Error(`${source} was bundled into nothing.`);
  const content = Buffer.from(output.contents);
  const hash = createHash('sha256').update(content).digest('hex').slice(0, 12);
  return { name: `${key}-${hash}.${extension}`, type, content };
}
