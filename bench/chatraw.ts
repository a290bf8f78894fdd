import { Bot } from 'grammy';

/** Whom the echo is in the sandbox. */
export const ECHO = 'echo';

/** The least that a bot can be: grammY asking for updates by long polling, and saying each again. */
export async function startEcho(sandboxUrl: string): Promise<{ close(): Promise<void> }> {
  const bot = new Bot(`100009:sandbox-${ECHO}`, { client: { apiRoot: `${sandboxUrl}/telegram` } });
  bot.on('message:text', (ctx) => ctx.reply(ctx.message.text));
  let running: Promise<void> | undefined;
  await new Promise<void>((started, failed) => {
    running = bot.start({ onStart: () => started() });
    running.catch(failed);
  });
  return {
    close: async () => {
      await bot.stop();
      await running;
    },
  };
}
