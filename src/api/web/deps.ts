import type { Response } from 'express';
import type { VNode } from 'preact';
import { toHtml } from '../../pages/document.tsx';
import type { Assets } from '../../pages/look.ts';
import type { ApiDeps } from '../deps.ts';
import type { Limits } from '../limits.ts';
import type { Live } from './live.ts';

/** What the routes of pages reach. */
export interface WebDeps extends ApiDeps {
  limits: Limits;
  assets: Assets;
  live: Live;
}

/** Sends a page. It shows what is now, perhaps to one person: nobody is to keep it. */
export function sendPage<P>(response: Response, status: number, page: VNode<P>): void {
  response.setHeader('Cache-Control', 'private, no-store');
  response.status(status).type('html').send(toHtml(page));
}
