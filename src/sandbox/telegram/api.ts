import { type Request, type RequestHandler, type Response, Router } from 'express';
import type { Faults } from '../faults.ts';
import { withFaults } from '../faulty.ts';
import { type Args, readArgs } from './args.ts';
import { botOfToken } from './bots.ts';
import type { Facts } from './facts.ts';
import type { HookResult } from './hooks.ts';
import type { Method } from './messages.ts';
import type { createPolling } from './polling.ts';
import { Refusal, tooMany } from './refusal.ts';

export interface ApiDeps {
  facts: Facts;
  faults: Faults;
  methods: Record<string, Method>;
  polling: ReturnType<typeof createPolling>;
}

type Call = Request & { telegramArgs?: Args };

/** `/bot<token>/<method>` and `/file/bot<token>/<path>`. */
export function botApi(deps: ApiDeps): Router {
  const router = Router();
  const chatOf = (req: Call) => chatOfCall(deps.facts, req);
  router.get('/file/bot:token/documents/:id{/:name}', (req, res) => sendFile(deps.facts, req, res));
  router.all('/bot:token/:method', guarded(readCall));
  router.all(
    '/bot:token/:method',
    sparingPolls(deps.faults, withFaults(deps.faults, 'telegram', refuseWith, chatOf)),
    guarded((req, res) => answerCall(deps, req, res)),
  );
  router.use((_req, res) => sendRefusal(res, new Refusal(404, 'Not Found')));
  return router;
}

/** A fault for so many calls is meant for what a bot does, not for its asking for updates. */
function sparingPolls(faults: Faults, faulty: RequestHandler): RequestHandler {
  return (req, res, next) => {
    const fault = faults.list().find(({ provider }) => provider === 'telegram');
    const isPoll = String(req.params.method).toLowerCase() === 'getupdates';
    if (isPoll && fault?.api?.left !== undefined) return next();
    return faulty(req, res, next);
  };
}

/** The chat that a call is about; that of the button for `answerCallbackQuery`. */
function chatOfCall({ settings, queries }: Facts, { telegramArgs: args }: Call) {
  const named = args?.text('chat_id')?.toLowerCase() ?? '';
  if (named.startsWith('@')) return settings.get(`channel:${named}`) as number | undefined;
  return args?.int('chat_id') ?? queries.get(args?.text('callback_query_id') ?? '')?.chatId;
}

type Step = (req: Call, res: Response, next: () => void) => unknown;

function guarded(step: Step): Step {
  return async (req, res, next) => {
    try {
      await step(req, res, next);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      sendRefusal(res, error);
    }
  };
}

async function readCall(req: Call, _res: Response, next: () => void): Promise<void> {
  req.telegramArgs = await readArgs(req);
  next();
}

async function answerCall({ facts, methods, polling }: ApiDeps, req: Call, res: Response) {
  const bot = botOfToken(facts, String(req.params.token));
  if (!bot) throw new Refusal(401, 'Unauthorized');
  const name = String(req.params.method).toLowerCase();
  const args = req.telegramArgs as Args;
  if (name === 'getupdates') {
    const closed = new AbortController();
    res.on('close', () => closed.abort());
    return res.json({ ok: true, result: await polling.getUpdates(bot.slug, args, closed.signal) });
  }
  const method = Object.hasOwn(methods, name) ? methods[name] : undefined;
  if (!method) throw new Refusal(404, 'Not Found: method not found');
  const result = method(bot.slug, args);
  const isHook = typeof result === 'object' && result !== null && 'description' in result;
  const hook = name.endsWith('webhook') && isHook ? (result as HookResult) : undefined;
  res.json({ ok: true, ...(hook ?? { result }) });
}

function sendFile(facts: Facts, req: Request, res: Response): void {
  const bot = botOfToken(facts, String(req.params.token));
  const file = facts.files.get(String(req.params.id));
  if (!bot || !file) {
    sendRefusal(res, new Refusal(404, 'Not Found'));
    return;
  }
  res.type('application/octet-stream').send(Buffer.from(file.base64, 'base64'));
}

const REASONS: Record<number, string> = {
  400: 'Bad Request: a fault of the sandbox',
  401: 'Unauthorized',
  403: 'Forbidden: bot was blocked by the user',
  404: 'Not Found',
  409: 'Conflict: terminated by other getUpdates request; make sure that only one bot instance is running',
  500: 'Internal Server Error',
  502: 'Bad Gateway',
};

function refuseWith(_req: Request, res: Response, status: number): void {
  const refusal = new Refusal(status, REASONS[status] ?? 'Internal Server Error');
  sendRefusal(res, status === 429 ? tooMany(1) : refusal);
}

function sendRefusal(res: Response, { code, message, retryAfter }: Refusal): void {
  if (retryAfter !== undefined) res.set('retry-after', String(retryAfter));
  const parameters = retryAfter !== undefined && { parameters: { retry_after: retryAfter } };
  res.status(code).json({ ok: false, error_code: code, description: message, ...parameters });
}
