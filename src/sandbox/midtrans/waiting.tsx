import { grouped, PayNumber, Prompt, QrCode, Simulator } from '../pages/checkout.tsx';
import { rupiah } from '../pages/layout.tsx';
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
  const isAccount = method.group === 'va';
  return (
    <>
      {isAccount && <Account charge={charge} method={method} />}
      {method.group === 'qr' && <QrCode src={`${base}/qr.png`} alt="Kode QRIS untuk pesanan ini" />}
      {method.group === 'wallet' && (
        <Prompt from={`Aplikasi ${method.name}`} amountIdr={order.amountIdr}>
          Konfirmasi pembayaran di ponsel Anda.
        </Prompt>
      )}
      <Simulator base={base} player={isAccount ? 'bank' : 'app'} deniable={!isAccount} />
    </>
  );
}

function Account({ charge, method }: { charge: Charge; method: Method }) {
  const { billerCode, vaNumber = '', grossIdr } = charge;
  const label = billerCode ? 'Kode bayar · Bill key' : 'Nomor virtual account';
  return (
    <>
      {billerCode && (
        <PayNumber label="Kode perusahaan · Biller code" copy={billerCode} text={billerCode} />
      )}
      <PayNumber label={label} copy={vaNumber} text={grouped(vaNumber)} />
      <PayNumber
        label="Jumlah tepat · Exact amount"
        copy={String(grossIdr)}
        text={rupiah(grossIdr)}
      />
      <ol class="steps">
        <li>Buka m-banking, internet banking, atau ATM {method.bank?.toUpperCase()}.</li>
        <li>
          Pilih {billerCode ? 'Bayar › Multipayment' : 'Transfer › Virtual Account'}, lalu masukkan
          nomor di atas.
        </li>
        <li>Periksa nama dan jumlah, konfirmasi, lalu periksa status di sini.</li>
      </ol>
    </>
  );
}
