import { merchantNameOf } from '../merchant.ts';
import { qrisText } from '../qris.ts';
import { merchantIdOf } from './account.ts';
import type { Charge, Order } from './order.ts';

/** The text of a charge's QR code. */
export function qrisOf({ merchant, orderId }: Order, { id, grossIdr }: Charge): string {
  return qrisText({
    merchantId: merchantIdOf(merchant),
    merchantName: merchantNameOf(merchant),
    paymentId: id,
    orderId,
    amountIdr: grossIdr,
  });
}
