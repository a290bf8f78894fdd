import { Composer } from 'grammy';
import type { BotContext } from '../turn.ts';
import { admin } from './admin.ts';
import { planHelp, planLost } from './help.ts';
import { owned } from './owned.ts';
import { pay } from './pay.ts';
import { register } from './register.ts';
import { leaveRelay, relay } from './relay.ts';

/** All that a bot of plans does, in the order in which its flows are asked. */
export const plans = new Composer<BotContext>();

plans.use(leaveRelay, admin, register, pay, owned, relay, planHelp, planLost);
