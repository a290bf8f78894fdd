import { autoRetry } from '@grammyjs/auto-retry';
import { Api, GrammyError } from 'grammy';

/** What Telegram answered instead of doing what was asked. Names no person and no token. */
export class TelegramError extends Error {
  override readonly name = 'TelegramError';

  constructor(
    /** The error code of the Bot API, or 0 when it gave no answer. */
    readonly code: number,
    readonly description: string,
    readonly retryAfterSeconds?: number,
  ) {
    super(`Telegram answered ${code}: ${description}`);
  }

  /** Asking again later may help. */
  get temporary(): boolean {
    // 401 and 404 are about the bot's token: somebody mends it, and nothing is lost meanwhile.
    return [0, 401, 404, 429].includes(this.code) || this.code >= 500;
  }

  /** The person wants no more messages, or is gone (telegram-bot-api, Client.cpp). */
  get blocked(): boolean {
    return this.code === 403 || (this.code === 400 && /chat not found/.test(this.description));
  }
}

/** The Bot API as Pesan reaches it. */
export interface Telegram {
  /** grammY's client for a bot; its errors may hold the token: they are not to be logged. */
  apiOf(token: string): Api;
  /** Calls one method. Throws `TelegramError`; `signal` ends a long poll early. */
  call(
    token: string,
    method: string,
    payload?: Record<string, unknown>,
    signal?: AbortSignal,
  ): Promise<unknown>;
}

/** Longer than Telegram takes to answer, long polls included. */
const TIMEOUT_SECONDS = 20;

/** Reaches the Bot API at `root`, such as `https://api.telegram.org`. */
export function createTelegram(root: string): Telegram {
  const apis = new Map<string, Api>();
  const apiOf = (token: string) => {
    const known = apis.get(token);
    if (known) return known;
    const api = createApi(root.replace(/\/+$/, ''), token);
    apis.set(token, api);
    return api;
  };
  return {
    apiOf,
    call: async (token, method, payload = {}, signal) => {
      const raw = apiOf(token).raw as unknown as Record<string, Method>;
      const asked = WITHOUT_ARGUMENTS.includes(method)
        ? raw[method]!(signal)
        : raw[method]!(payload, signal);
      return asked.catch((error: unknown) => Promise.reject(plain(error)));
    },
  };
}

type Method = (...asked: (object | undefined)[]) => Promise<unknown>;

/** grammY takes the signal of these first (1.46, source). */
const WITHOUT_ARGUMENTS = ['getMe', 'getWebhookInfo', 'logOut', 'close'];

/**
 * A second is waited for here, as Telegram often asks for no more; whatever takes longer stays in the
 * outbox. auto-retry repeats network errors for ever unless told not to (2.0.2, source).
 */
function createApi(apiRoot: string, token: string): Api {
  const api = new Api(token, { apiRoot, timeoutSeconds: TIMEOUT_SECONDS });
  api.config.use(
    autoRetry({
      maxRetryAttempts: 1,
      maxDelaySeconds: 1,
      rethrowHttpErrors: true,
      rethrowInternalServerErrors: true,
    }),
  );
  return api;
}

/** What the network says may hold the address, and the address holds the token. */
function plain(error: unknown): TelegramError {
  if (!(error instanceof GrammyError)) return new TelegramError(0, 'no answer of the Bot API');
  const { error_code: code, description, parameters } = error;
  return new TelegramError(code, description, parameters.retry_after);
}
