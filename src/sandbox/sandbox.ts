import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import express, { type ErrorRequestHandler, type Express, type RequestHandler } from 'express';
import { createAlarms } from './alarms.ts';
import { createClock } from './clock.ts';
import { controlApi } from './control.ts';
import { createDeliveries } from './deliveries.ts';
import { createFaults } from './faults.ts';
import { createMailbox } from './mail.ts';
import { createMidtrans } from './midtrans/midtrans.ts';
import { MIDTRANS_POLICY } from './midtrans/policy.ts';
import { CHECKOUT_SCRIPT_PATH } from './pages/checkout.tsx';
import { homePage } from './pages/home.tsx';
import { STYLE, STYLE_PATH } from './pages/layout.tsx';
import { mailPages } from './pages/mail.tsx';
import { createScript } from './pages/script.ts';
import type { Provider } from './provider.ts';
import { listenForMail, type MailTaker } from './smtp.ts';
import { openStore, type Store } from './store.ts';
import { TELEGRAM_POLICY } from './telegram/policy.ts';
import { createTelegram } from './telegram/telegram.ts';
import { XENDIT_POLICY } from './xendit/policy.ts';
import { createXendit } from './xendit/xendit.ts';

export interface SandboxOptions {
  /** 0 takes a free one. */
  port: number;
  smtpPort: number;
  /** Only one sandbox may use it at a time. */
  dataDir: string;
  /** Where webhooks go: `<notifyBase>/webhooks/<provider>/<merchant>`. */
  notifyBase: string;
  /** Hears what went wrong where nobody waits for an answer. */
  report?: (error: unknown) => void;
}

export interface Sandbox {
  url: string;
  smtpUrl: string;
  close(): Promise<void>;
}

/**
 * Starts the sandbox on the loopback address: what it kept in `dataDir` is there again, and webhooks
 * and expiries that were waiting go on. Rejects when a port is taken, before it touches `dataDir`.
 */
export async function createSandbox(options: SandboxOptions): Promise<Sandbox> {
  const server = createServer();
  await listen(server, options.port);
  const box: { open?: MailTaker } = {};
  const smtp = await listenForMail(options.smtpPort, () => box.open).catch((error: unknown) => {
    server.close();
    throw error;
  });
  const closePorts = () => {
    server.closeAllConnections();
    return Promise.all([new Promise((done) => server.close(done)), smtp.close()]);
  };

  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const smtpUrl = `smtp://127.0.0.1:${smtp.port}`;
  try {
    const store = openStore(options.dataDir);
    const { app, mailTaker, stop } = build(store, options, { url, smtpUrl });
    box.open = mailTaker;
    server.on('request', app);
    const close = async () => {
      stop();
      await closePorts();
      store.close();
    };
    return { url, smtpUrl, close };
  } catch (error) {
    await closePorts();
    throw error;
  }
}

async function listen(server: Server, port: number): Promise<void> {
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
}

function build(
  store: Store,
  { dataDir, notifyBase, report = console.error }: SandboxOptions,
  addresses: { url: string; smtpUrl: string },
) {
  const alarms = createAlarms(report);
  const clock = createClock(store);
  const faults = createFaults(store);
  const policies = { midtrans: MIDTRANS_POLICY, xendit: XENDIT_POLICY, telegram: TELEGRAM_POLICY };
  const deliveries = createDeliveries({ store, alarms, clock, faults, policies });
  const mailbox = createMailbox(store, dataDir);
  // Lenient, since midtrans-client sends the body `null`.
  const readJson = express.json({ strict: false, limit: '512kb' });
  const wiring = { store, alarms, clock, deliveries, faults, readJson, url: () => addresses.url };
  const paying = { ...wiring, notifyBase: notifyBase.replace(/\/$/, '') };
  const telegram = createTelegram(wiring);
  const providers: Provider[] = [createMidtrans(paying), createXendit(paying), telegram];

  const app = express().disable('x-powered-by');
  app.get(STYLE_PATH, (_req, res) => void res.type('css').send(STYLE));
  const checkoutScript = createScript(new URL('./pages/checkout.client.ts', import.meta.url));
  app.get(CHECKOUT_SCRIPT_PATH, (_req, res) => void res.type('js').send(checkoutScript()));
  app.get('/', homePage({ ...addresses, providers, deliveries, mailbox, clock, faults }));
  app.use('/mail', mailPages(mailbox));
  app.use('/chat', telegram.chat);
  app.use(
    '/control',
    backHome,
    readJson,
    controlApi({ providers, deliveries, mailbox, faults, clock }),
  );
  mountProviders(app, providers);
  app.use((req, res) => void res.status(404).json({ error: `Nothing at ${req.path}.` }));
  app.use(failed(report));

  deliveries.resume();
  for (const provider of providers) provider.resume();
  const stop = () => {
    alarms.close();
    telegram.close();
    deliveries.close();
  };
  return { app, mailTaker: { receive: mailbox.receive, faults }, stop };
}

function mountProviders(app: Express, providers: Provider[]): void {
  for (const provider of providers) app.use(`/${provider.name}`, provider.api);
}

function failed(report: (error: unknown) => void): ErrorRequestHandler {
  return (error: { status?: number; message?: string }, _req, res, next) => {
    if (res.headersSent) return next(error);
    const status = error.status ?? 500;
    if (status >= 500) report(error);
    res.status(status).json({ error: status < 500 ? error.message : 'The sandbox failed.' });
  };
}

/** A press on the home page leads back to it; programs get JSON. */
const backHome: RequestHandler = (req, res, next) => {
  const isPressed = req.method === 'POST' && req.accepts(['json', 'html']) === 'html';
  if (isPressed) {
    res.json = () => {
      res.redirect(303, '/');
      return res;
    };
  }
  next();
};
