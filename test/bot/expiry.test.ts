import { describe, expect, it } from 'vitest';
import { until } from '../../src/local/until.ts';
import { dayAhead } from '../ground/core.ts';
import { useStack } from '../ground/stack.ts';
import { chatOf, fillForm, labelsOf, textOf } from './talk.ts';

const stack = useStack({ polls: true, holdMinutes: 0.1 });

function monday(): string {
  for (let ahead = 5; ; ahead += 1) {
    const date = dayAhead(ahead);
    if (new Date(`${date}T00:00:00Z`).getUTCDay() === 1) return date;
  }
}

describe('a hold that ends unpaid', () => {
  it('is told in the chat, and the next one is one press away', async () => {
    const talk = chatOf(stack, 401);
    await fillForm(talk, monday(), '15:00');
    expect(textOf(await talk.book())).toContain('ditahan sampai');
    await until('the chat is told of the end', 30_000, async () =>
      (await talk.messages()).some((message) => message.text.includes('kami lepas')),
    );
    await stack.upkeep();
    const ended = (await talk.messages()).filter((m) => m.text.includes('kami lepas'));
    expect(ended).toHaveLength(1);
    expect(labelsOf(ended[0])).toContain('Pesan lagi');
    expect(labelsOf(ended[0])).not.toContain('Bayar sekarang');
    const again = await talk.press('Pesan lagi');
    expect(labelsOf(again.messages.at(-1))).toContain('Booking');
  });
});
