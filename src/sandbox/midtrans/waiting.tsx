import { rupiah } from '../pages/layout.tsx';
import { Mark } from './mark.tsx';
import { getMethod, type Method } from './methods.ts';
import type { Charge, Order } from './order.ts';

interface WaitingProps {
  order: Order;
  charge: Charge;
  base: string;
}

/** What the customer needs to pay with the chosen method, and the buttons that play the bank. */
export function WaitingPanel({ order, charge, base }: WaitingProps) {
  const method = getMethod(charge.method);
  return (
    <>
      <h2 class="chosen">
        <Mark method={method} />
        <span>
          {method.name}
          <small>Menunggu pembayaran Anda · waiting for your payment</small>
        </span>
      </h2>
      {method.group === 'va' ? <Account charge={charge} method={method} /> : null}
      {method.group === 'qr' ? <QrCode base={base} /> : null}
      {method.group === 'wallet' ? <Wallet method={method} amountIdr={order.amountIdr} /> : null}
      <Simulator base={base} method={method} />
      <p class="foot">
        <a href={`${base}?ganti`}>Ganti cara bayar · Change method</a>
        <a href={base}>Periksa status · Refresh</a>
      </p>
    </>
  );
}

function Account({ charge, method }: { charge: Charge; method: Method }) {
  return (
    <>
      {charge.billerCode && (
        <p class="number">
          <small>Kode perusahaan · Biller code</small>
          <output>{charge.billerCode}</output>
        </p>
      )}
      <p class="number">
        <small>{charge.billerCode ? 'Kode bayar · Bill key' : 'Nomor virtual account'}</small>
        <output>{grouped(charge.vaNumber ?? '')}</output>
      </p>
      <p class="number">
        <small>Jumlah tepat · Exact amount</small>
        <output>{rupiah(charge.grossIdr)}</output>
      </p>
      <ol class="steps">
        <li>Buka m-banking, internet banking, atau ATM {method.bank?.toUpperCase()}.</li>
        <li>
          Pilih {charge.billerCode ? 'Bayar › Multipayment' : 'Transfer › Virtual Account'}, lalu
          masukkan nomor di atas.
        </li>
        <li>Periksa nama dan jumlah, konfirmasi, lalu periksa status di sini.</li>
      </ol>
    </>
  );
}

function QrCode({ base }: { base: string }) {
  return (
    <>
      <p class="qr">
        <img src={`${base}/qr.png`} alt="Kode QRIS untuk pesanan ini" width="240" height="240" />
      </p>
      <ol class="steps">
        <li>Buka aplikasi bank atau dompet digital yang mendukung QRIS.</li>
        <li>Pindai kode ini, periksa jumlahnya, lalu bayar.</li>
      </ol>
    </>
  );
}

function Wallet({ method, amountIdr }: { method: Method; amountIdr: number }) {
  return (
    <div class="prompt">
      <small>Aplikasi {method.name}</small>
      <strong>{rupiah(amountIdr)}</strong>
      <span>Konfirmasi pembayaran di ponsel Anda.</span>
    </div>
  );
}

function Simulator({ base, method }: { base: string; method: Method }) {
  return (
    <section class="simulator" aria-labelledby="simulator">
      <h3 id="simulator">
        Simulator <small lang="en">you play the {method.group === 'va' ? 'bank' : 'app'}</small>
      </h3>
      <form method="post" action={`${base}/pay`}>
        <button type="submit" class="primary">
          Simulasikan pembayaran
        </button>
      </form>
      {method.group !== 'va' && (
        <form method="post" action={`${base}/deny`}>
          <button type="submit" class="danger">
            Simulasikan penolakan
          </button>
        </form>
      )}
      <p class="hint" lang="en">
        Simulate paying{method.group === 'va' ? '' : ' or being denied'}.
      </p>
    </section>
  );
}

/** In fours, as banks print it. */
function grouped(digits: string) {
  return digits.replace(/(.{4})(?=.)/g, '$1 ');
}
