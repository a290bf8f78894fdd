import { type End, EndedPage as Ended, EXPIRED } from '../pages/ended.tsx';
import { billOf } from './checkout.tsx';
import type { Order } from './order.ts';

type Reason = 'expired' | 'cancelled' | 'replaced';

const ENDS: Record<Reason, End> = {
  expired: EXPIRED,
  cancelled: {
    title: 'Pembayaran dibatalkan',
    english: 'This payment was cancelled',
    text: 'Pesanan ini tidak perlu dibayar lagi. Hubungi penjual bila Anda merasa ini keliru.',
  },
  replaced: {
    title: 'Halaman ini sudah diganti',
    english: 'A newer payment page replaced this one',
    text: 'Penjual membuat halaman pembayaran yang baru untuk pesanan ini. Buka kembali dari penjual.',
  },
};

interface EndedProps {
  order: Order;
  reason: Reason;
  /** The page's own path; without it nothing can be done here any more. */
  base?: string;
  finishUrl?: string | undefined;
}

/** A page on which nothing can be paid any more, except late, and why. */
export function EndedPage({ order, reason, base, finishUrl }: EndedProps) {
  const mayComeLate = order.charge && order.charge.method !== 'credit_card';
  const payUrl = base && mayComeLate ? `${base}/pay` : undefined;
  const bill = billOf(order);
  return <Ended end={ENDS[reason]} {...{ bill, finishUrl, payUrl }} look="midtrans" />;
}
