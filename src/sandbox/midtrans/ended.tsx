import { merchantNameOf } from '../merchant.ts';
import { Document, rupiah } from '../pages/layout.tsx';
import type { Order } from './order.ts';

type Reason = 'expired' | 'cancelled' | 'replaced';

const WORDS: Record<Reason, { title: string; english: string; text: string }> = {
  expired: {
    title: 'Waktu pembayaran habis',
    english: 'This payment has expired',
    text: 'Halaman ini tidak dapat dipakai lagi. Jangan transfer ke nomor yang lama; kembalilah ke penjual untuk memesan lagi.',
  },
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

/** A page on which nothing can be paid any more, and why. */
export function EndedPage({ order, reason, base, finishUrl }: EndedProps) {
  const words = WORDS[reason];
  const merchant = merchantNameOf(order.merchant);
  return (
    <Document title={words.title}>
      <main class="ended">
        <span class="seal seal-end" aria-hidden="true">
          ✕
        </span>
        <h1>
          {words.title}
          <small lang="en">{words.english}</small>
        </h1>
        <p>{words.text}</p>
        <dl class="facts">
          <dt>Penjual · Merchant</dt>
          <dd>{merchant}</dd>
          <dt>Nomor pesanan · Order ID</dt>
          <dd>
            <code>{order.orderId}</code>
          </dd>
          <dt>Total</dt>
          <dd>{rupiah(order.charge?.grossIdr ?? order.amountIdr)}</dd>
        </dl>
        {finishUrl && (
          <a class="primary" href={finishUrl}>
            Kembali ke {merchant}
          </a>
        )}
        {base && <LateMoney order={order} base={base} />}
      </main>
    </Document>
  );
}

/** Banks have been known to pass on money for a number that is over. */
function LateMoney({ order, base }: { order: Order; base: string }) {
  if (!order.charge || order.charge.method === 'credit_card') return null;
  return (
    <details class="simulator">
      <summary>Simulator: uang datang terlambat · late money</summary>
      <form method="post" action={`${base}/pay`}>
        <button type="submit" class="danger">
          Bayar juga · Pay anyway
        </button>
      </form>
    </details>
  );
}

export function UnknownPage() {
  return (
    <Document title="Halaman tidak ditemukan">
      <main class="ended">
        <span class="seal seal-end" aria-hidden="true">
          ?
        </span>
        <h1>
          Halaman tidak ditemukan
          <small lang="en">There is no such payment page</small>
        </h1>
        <p>Periksa tautan dari penjual, atau mulai lagi dari sana.</p>
      </main>
    </Document>
  );
}
