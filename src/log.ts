import { type Logger, pino } from 'pino';

export type { Logger };

/** What never reaches a log line, wherever in an object it stands (two levels are searched). */
const SECRET_KEYS = [
  'token',
  'password',
  'authorization',
  'cookie',
  'serverKey',
  'webhookToken',
  'secret',
  'qr',
  'email',
  'phone',
  'name',
  'identityNumber',
  'birthDate',
  'customer',
  'participants',
];

/** JSON lines on stdout. Personal data and secrets are replaced by `[hidden]`. */
export function createLog(name: string, level: string): Logger {
  const paths = SECRET_KEYS.flatMap((key) => [
    key,
    `*.${key}`,
    `*.*.${key}`,
    `*.headers["${key}"]`,
  ]);
  return pino({ base: { process: name }, level, redact: { paths, censor: '[hidden]' } });
}
