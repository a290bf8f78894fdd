import { readFileSync } from 'node:fs';
import { type Request, type Response, Router } from 'express';
import { Document, sendPage } from '../pages/layout.tsx';
import { createScript } from '../pages/script.ts';
import type { Desk } from '../telegram/desk.ts';
import type { Facts } from '../telegram/facts.ts';
import { readState } from './state.ts';

/** Proxies and browsers drop a stream on which nothing comes. */
const BEAT_MS = 20_000;
const MOST_OPEN = 12;
const CHAT_STYLE = readFileSync(new URL('./chat.css', import.meta.url), 'utf8');

/** `/chat`: talk to the bots as anybody; what is done there goes through the control calls. */
export function chatPages(facts: Facts, desk: Desk): Router {
  const router = Router();
  const script = createScript(new URL('./client/main.tsx', import.meta.url));
  router.get('/', (_req, res) => sendPage(res, 200, <ChatPage />, { script: true }));
  router.get('/chat.css', (_req, res) => void res.type('css').send(CHAT_STYLE));
  router.get('/chat.js', (_req, res) => void res.type('js').send(script()));
  router.get('/state', (req, res) => {
    const open = String(req.query.people ?? '')
      .split(',')
      .map(Number)
      .filter((id) => Number.isSafeInteger(id) && id > 0)
      .slice(0, MOST_OPEN);
    res.set('cache-control', 'no-store');
    res.json(readState(facts, desk, String(req.query.bot ?? ''), [...new Set(open)]));
  });
  router.get('/events', (req, res) => stream(desk, req, res));
  router.get('/files/:id', (req, res) => sendFile(facts, req, res));
  return router;
}

function ChatPage() {
  return (
    <Document title="Chat" nav style="/chat/chat.css" script="/chat/chat.js">
      <main class="chat" id="chat">
        <h1 class="unseen">Chat</h1>
        <p class="chat-empty">
          <noscript>Halaman ini perlu JavaScript. · This page needs JavaScript.</noscript>
        </p>
      </main>
    </Document>
  );
}

/** Says that something changed in the bot's chats; what it is, the page asks by itself. */
function stream(desk: Desk, req: Request, res: Response): void {
  const tell = (slug: string) => {
    if (slug === req.query.bot) res.write('data: changed\n\n');
  };
  const beat = setInterval(() => res.write(':\n\n'), BEAT_MS);
  res.set('cache-control', 'no-store').type('text/event-stream').write(':\n\n');
  desk.events.on('change', tell);
  res.on('close', () => {
    clearInterval(beat);
    desk.events.off('change', tell);
  });
}

/** Pictures are shown; everything else is saved, whatever it says that it is. */
function sendFile(facts: Facts, req: Request, res: Response): void {
  const file = facts.files.get(String(req.params.id));
  if (!file) {
    res.status(404).json({ error: 'No such file; old ones are forgotten.' });
    return;
  }
  const isPicture = /^image\/(png|jpeg|webp|gif)$/.test(file.type);
  if (!isPicture) res.attachment(file.name);
  res
    .set('content-type', isPicture ? file.type : 'application/octet-stream')
    .set('x-content-type-options', 'nosniff')
    .set('content-security-policy', "default-src 'none'; sandbox")
    .send(Buffer.from(file.base64, 'base64'));
}
