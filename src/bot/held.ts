import type { Booked } from '../commands/book.ts';
import type { Key, Screen } from '../notify/buttons.ts';
import type { summary, Words } from './screens.ts';

/** What a person is told when their place is held: code, how to pay, and until when. */
export function heldScreen(
  booked: Booked,
  chosen: ReturnType<typeof summary>,
  timeZone: string,
  va: string | undefined,
  { t, texts, language }: Words,
): Screen {
  const { code, amountIdr, expiresAt, paymentUrl, statusUrl } = booked;
  const deadline = texts(language, 'say-clock', {
    at: new Date(expiresAt),
    zone: timeZone,
  });
  const amount = String(amountIdr);
  const keys: Key[][] = [
    [{ label: t('do-pay'), url: paymentUrl }],
    [
      { label: t('do-copy-amount'), copy: amount },
      { label: t('do-order'), url: statusUrl },
    ],
  ];
  const text = t('order-held', {
    ...chosen,
    code,
    amountIdr,
    amount,
    deadline,
    paymentUrl,
    statusUrl,
  });
  if (!va) return { text, keys };
  keys[1]!.unshift({ label: t('do-copy-va'), copy: va });
  return { text: `${text}\n\n${t('order-va', { number: va })}`, keys };
}
