import { z } from 'zod';

const port = (fallback: number) => z.coerce.number().int().min(0).max(65535).default(fallback);
const optionalUrl = z.url().optional();

/** Every variable Pesan reads; all have local defaults except those that `npm start` makes itself. */
const Environment = z.object({
  PORT: port(3000),
  PESAN_HOST: z.string().min(1).default('127.0.0.1'),
  SANDBOX_PORT: port(3100),
  TEMPORAL_PORT: port(7233),
  TEMPORAL_UI_PORT: port(8233),
  POSTGRES_PORT: port(54320),
  PESAN_DATA_DIR: z.string().min(1).default('.pesan'),
  DATABASE_URL: z.string().min(1).optional(),
  TEMPORAL_ADDRESS: z.string().min(1).optional(),
  TEMPORAL_NAMESPACE: z.string().min(1).default('default'),
  TEMPORAL_CLI: z.string().min(1).optional(),
  PUBLIC_URL: optionalUrl,
  PESAN_HOLD_MINUTES: z.coerce.number().positive().max(10_080).optional(),
  PESAN_BOOKINGS_PER_MINUTE: z.coerce.number().int().positive().default(600),
  PESAN_RECONCILE_SECONDS: z.coerce.number().positive().default(60),
  PESAN_WORKER_METRICS_PORT: port(0),
  PESAN_SECRET: z.string().min(32).optional(),
  PESAN_TRUST_PROXY: z.string().optional(),
  PESAN_LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
  PESAN_PROVIDER_TIMEOUT_MS: z.coerce.number().int().positive().max(9_000).default(4_000),
  PESAN_INVOICES_PER_MINUTE: z.coerce.number().positive().max(6_000).default(600),
  MIDTRANS_SNAP_URL: optionalUrl,
  MIDTRANS_CORE_URL: optionalUrl,
  XENDIT_URL: optionalUrl,
  TELEGRAM_API_ROOT: optionalUrl,
  SMTP_URL: z.string().min(1).optional(),
  MAIL_FROM: z.string().min(3).default('Pesan <no-reply@pesan.example>'),
  // Not ours, but where a person's machine keeps what can be fetched again.
  XDG_CACHE_HOME: z.string().optional(),
});

export type Config = ReturnType<typeof readConfig>;

/**
 * Reads the environment once, at the start of a process.
 *
 * An empty variable counts as absent. Throws an `Error` that names every variable that is wrong and
 * what was wanted; the value itself is not repeated, since it may be a secret.
 */
export function readConfig(env: NodeJS.ProcessEnv = process.env) {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  const parsed = Environment.safeParse(given);
  if (!parsed.success) {
    const wrong = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
    throw new Error(`The environment is not usable.\n  ${wrong.join('\n  ')}`);
  }
  const e = parsed.data;
  const sandboxUrl = `http://127.0.0.1:${e.SANDBOX_PORT}`;
  return {
    port: e.PORT,
    host: e.PESAN_HOST,
    sandboxPort: e.SANDBOX_PORT,
    smtpSandboxPort: e.SANDBOX_PORT + 25,
    temporalPort: e.TEMPORAL_PORT,
    temporalUiPort: e.TEMPORAL_UI_PORT,
    postgresPort: e.POSTGRES_PORT,
    dataDir: e.PESAN_DATA_DIR,
    databaseUrl: e.DATABASE_URL,
    temporalAddress: e.TEMPORAL_ADDRESS,
    temporalNamespace: e.TEMPORAL_NAMESPACE,
    temporalCli: e.TEMPORAL_CLI,
    publicUrl: (e.PUBLIC_URL ?? `http://localhost:${e.PORT}`).replace(/\/$/, ''),
    holdMinutes: e.PESAN_HOLD_MINUTES,
    bookingsPerMinute: e.PESAN_BOOKINGS_PER_MINUTE,
    reconcileSeconds: e.PESAN_RECONCILE_SECONDS,
    workerMetricsPort: e.PESAN_WORKER_METRICS_PORT,
    secret: e.PESAN_SECRET,
    trustProxy: e.PESAN_TRUST_PROXY,
    logLevel: e.PESAN_LOG_LEVEL,
    providerTimeoutMs: e.PESAN_PROVIDER_TIMEOUT_MS,
    invoicesPerMinute: e.PESAN_INVOICES_PER_MINUTE,
    midtrans: {
      snapUrl: e.MIDTRANS_SNAP_URL ?? `${sandboxUrl}/midtrans/snap/v1`,
      coreUrl: e.MIDTRANS_CORE_URL ?? `${sandboxUrl}/midtrans`,
    },
    xendit: { url: e.XENDIT_URL ?? `${sandboxUrl}/xendit` },
    telegramUrl: e.TELEGRAM_API_ROOT ?? `${sandboxUrl}/telegram`,
    smtpUrl: e.SMTP_URL ?? `smtp://127.0.0.1:${e.SANDBOX_PORT + 25}`,
    mailFrom: e.MAIL_FROM,
    cacheDir: e.XDG_CACHE_HOME,
  };
}

/** A setting that a process cannot do without. Throws an `Error` that says which variable to set. */
export function required<T>(value: T | undefined, variable: string): T {
  if (value === undefined) {
    throw new Error(
      `${variable} is not set. \`npm start\` sets it; set it yourself in production.`,
    );
  }
  return value;
}
