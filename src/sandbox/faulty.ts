import { setTimeout as pause } from 'node:timers/promises';
import type { Request, RequestHandler, Response } from 'express';
import type { Faults } from './faults.ts';

/** A call that hangs is cut off in the end, so that no socket stays for ever. */
export const HANG_LIMIT_MS = 60_000;

const HTML_ERROR =
  '<html><head><title>502 Bad Gateway</title></head><body><center><h1>502 Bad Gateway</h1></center><hr><center>nginx</center></body></html>\n';

/**
 * Puts the faults of a provider in front of its API: slow, hanging, refusing in the provider's own
 * shape (`refuse`), answering HTML, or doing the work and losing the answer. `chatOf` says which
 * chat a call is about, where a provider has chats.
 */
export function withFaults(
  faults: Faults,
  provider: string,
  refuse: (req: Request, res: Response, status: number) => void,
  chatOf?: (req: Request) => number | undefined,
): RequestHandler {
  return async (req, res, next) => {
    const fault = faults.takeApi(provider, chatOf?.(req));
    if (!fault) return next();
    if (fault.latencyMs) await pause(fault.latencyMs, undefined, { ref: false });
    if (fault.hang) return void setTimeout(() => req.socket.destroy(), HANG_LIMIT_MS).unref();
    if (fault.lostResponse) {
      loseAnswer(res);
      return next();
    }
    if (fault.html) return void sendHtmlError(res, fault.status ?? 502);
    if (fault.status) return refuse(req, res, fault.status);
    next();
  };
}

/** The handler runs as always; its first byte of answer breaks the connection instead. */
function loseAnswer(res: Response): void {
  const lose = () => {
    res.socket?.destroy();
    return res;
  };
  res.end = lose as Response['end'];
  res.write = (() => Boolean(lose())) as Response['write'];
}

function sendHtmlError(res: Response, status: number): void {
  res
    .status(status)
    .type('html')
    .send(HTML_ERROR.replaceAll('502 Bad Gateway', `${status} Error`));
}
