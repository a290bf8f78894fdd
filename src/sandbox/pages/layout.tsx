import { readFileSync } from 'node:fs';
import type { Response } from 'express';
import type { ComponentChildren, VNode } from 'preact';
import { renderToString } from 'preact-render-to-string';

export const STYLE_PATH = '/assets/sandbox.css';
export const STYLE = readFileSync(new URL('./sandbox.css', import.meta.url), 'utf8');

interface DocumentProps {
  title: string;
  /** Pages for developers link to each other; a customer's page does not. */
  nav?: boolean;
  /** A style and a script of the page's own, besides those of all. */
  style?: string;
  script?: string;
  children: ComponentChildren;
}

/** The frame of every page: plainly a sandbox, nothing from elsewhere. */
export function Document({ title, nav, style, script, children }: DocumentProps) {
  return (
    <html lang="id">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        <title>{title}</title>
        <link rel="stylesheet" href={STYLE_PATH} />
        {style && <link rel="stylesheet" href={style} />}
        {script && <script type="module" src={script} />}
        <link rel="icon" href="data:," />
      </head>
      <body>
        <header class="ribbon">
          <strong>SANDBOX</strong> Bukan uang sungguhan <span lang="en">· no real money</span>
        </header>
        {nav && (
          <nav class="nav" aria-label="Sandbox">
            <a href="/">Sandbox</a>
            <a href="/mail">Kotak surat · Mail</a>
            <a href="/chat">Chat</a>
          </nav>
        )}
        {children}
      </body>
    </html>
  );
}

/** `form-action` stays open: browsers apply it to the redirect back to the merchant as well. */
const PAGE_POLICY =
  "default-src 'none'; style-src 'self'; img-src 'self' data:; frame-src 'self'; base-uri 'none'; frame-ancestors 'none'";

/** The one page with a script runs its own, which talks to nobody else. */
const SCRIPT_POLICY = `${PAGE_POLICY}; script-src 'self'; connect-src 'self'`;

export function sendPage(res: Response, status: number, page: VNode, { script = false } = {}) {
  res
    .status(status)
    .set('content-security-policy', script ? SCRIPT_POLICY : PAGE_POLICY)
    .set('cache-control', 'no-store')
    .set('referrer-policy', 'no-referrer')
    .set('x-content-type-options', 'nosniff')
    .type('html')
    .send(`<!doctype html>${renderToString(page)}`);
}

const THOUSANDS = new Intl.NumberFormat('id-ID');

/** "Rp 75.000" */
export function rupiah(idr: number): string {
  return `Rp ${THOUSANDS.format(idr)}`;
}
