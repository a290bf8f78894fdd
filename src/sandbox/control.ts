import { type Response, Router } from 'express';
import { z } from 'zod';
import { type Clock, ClockRequest } from './clock.ts';
import type { Deliveries } from './deliveries.ts';
import { FaultRequest, type Faults } from './faults.ts';
import type { Mailbox } from './mail.ts';
import type { Provider } from './provider.ts';

export interface ControlDeps {
  providers: Provider[];
  deliveries: Deliveries;
  mailbox: Mailbox;
  faults: Faults;
  clock: Clock;
}

/** `/control`: what tests and testers drive the sandbox with. Unknown things are 404 with a reason. */
export function controlApi(deps: ControlDeps): Router {
  const { providers, deliveries, mailbox, faults, clock } = deps;
  const router = Router();
  for (const provider of providers) router.use(`/${provider.name}`, provider.control);

  router.get('/transactions', (req, res) => {
    const { provider = '', ref = '' } = textsOf(req.query);
    if (provider && !providers.some(({ name }) => name === provider)) {
      return sendError(res, 404, `No provider '${provider}'; there are ${namesOf(providers)}.`);
    }
    const chosen = providers.filter(({ name }) => !provider || name === provider);
    const transactions = chosen
      .flatMap((each) => each.listTransactions())
      .filter(({ orderId }) => orderId.startsWith(ref))
      .reverse()
      .sort((a, b) => b.createdAt.localeCompare(a.createdAt));
    res.json({ transactions });
  });

  router.get('/deliveries', (req, res) => {
    const { ref = '' } = textsOf(req.query);
    res.json({ deliveries: deliveries.list(ref), waiting: deliveries.listWaiting(ref) });
  });

  router.post('/deliveries/:id/resend', async (req, res) => {
    const sent = await deliveries.resend(req.params.id);
    if (sent) res.json(sent);
    else sendError(res, 404, `No delivery '${req.params.id}'.`);
  });

  router.get('/mail', (req, res) => {
    res.json({ messages: mailbox.list(textsOf(req.query).to) });
  });

  faultRoutes(router, deps);
  router.get('/faults', (_req, res) => void res.json({ faults: faults.list() }));
  router.get('/clock', (_req, res) => void res.json({ retryScale: clock.retryScale }));
  router.put('/clock', (req, res) => {
    const read = ClockRequest.safeParse(req.body ?? {});
    if (!read.success) return sendError(res, 400, z.prettifyError(read.error));
    clock.set(read.data.retryScale);
    deliveries.resume();
    for (const provider of providers) provider.resume();
    res.json(read.data);
  });

  router.use((req, res) => sendError(res, 404, `No control call ${req.method} ${req.path}.`));
  return router;
}

function faultRoutes(router: Router, { providers, deliveries, faults }: ControlDeps): void {
  const known = [...providers.map(({ name }) => name), 'smtp'];

  router.put('/faults', (req, res) => {
    const read = FaultRequest.safeParse(req.body ?? {});
    if (!read.success) return sendError(res, 400, z.prettifyError(read.error));
    if (!known.includes(read.data.provider)) {
      const text = `No provider '${read.data.provider}'; there are ${known.join(', ')}.`;
      return sendError(res, 404, text);
    }
    faults.put(read.data);
    res.json({ faults: faults.list() });
  });

  router.delete('/faults', (req, res) => {
    const { provider } = textsOf(req.query);
    faults.clear(provider);
    deliveries.liftFaults(provider);
    for (const each of providers) if (!provider || each.name === provider) each.liftFaults?.();
    res.json({ faults: faults.list() });
  });
}

function namesOf(providers: Provider[]): string {
  return providers.map(({ name }) => name).join(', ');
}

/** Query values that are plain text; a repeated or nested one counts as absent. */
function textsOf(query: Record<string, unknown>): Record<string, string | undefined> {
  const texts = Object.entries(query).filter(([, value]) => typeof value === 'string');
  return Object.fromEntries(texts) as Record<string, string | undefined>;
}

function sendError(res: Response, status: number, error: string): void {
  res.status(status).json({ error });
}
