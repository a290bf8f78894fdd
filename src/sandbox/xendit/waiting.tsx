import { grouped, PayNumber, Prompt, QrCode, Simulator } from '../pages/checkout.tsx';
import { rupiah } from '../pages/layout.tsx';
import type { Channel, Group } from './channels.ts';
import type { Invoice } from './invoice.ts';

interface WaitingProps {
  invoice: Invoice;
  channel: Channel;
  base: string;
}

const PLAYER: Record<Group, string> = {
  va: 'bank',
  retail: 'cashier',
  qr: 'app',
  wallet: 'app',
  card: 'bank',
};

/** What the customer needs to pay by the chosen channel, and the buttons that play who takes it. */
export function WaitingPanel({ invoice, channel, base }: WaitingProps) {
  const { group } = channel;
  const number = invoice.chosen?.numbers[channel.id];
  const amountIdr = invoice.asked.amount;
  return (
    <>
      {number && <Instructions {...{ channel, number, amountIdr }} />}
      {group === 'qr' && <QrCode src={`${base}/qr.png`} alt="Kode QRIS untuk tagihan ini" />}
      {group === 'wallet' && (
        <Prompt from={`Aplikasi ${channel.name}`} amountIdr={amountIdr}>
          Konfirmasi pembayaran di ponsel Anda.
        </Prompt>
      )}
      {group === 'card' && (
        <Prompt from="3-D Secure" amountIdr={amountIdr}>
          Bank penerbit kartu <code>4000 •••• •••• 1091</code> meminta persetujuan Anda.
        </Prompt>
      )}
      <Simulator base={base} player={PLAYER[group]} deniable={!number} />
    </>
  );
}

interface InstructionsProps {
  channel: Channel;
  number: string;
  amountIdr: number;
}

function Instructions({ channel, number, amountIdr }: InstructionsProps) {
  const isShop = channel.group === 'retail';
  const label = isShop ? 'Kode pembayaran · Payment code' : 'Nomor virtual account';
  return (
    <>
      <PayNumber label={label} copy={number} text={grouped(number)} />
      <PayNumber
        label="Jumlah tepat · Exact amount"
        copy={String(amountIdr)}
        text={rupiah(amountIdr)}
      />
      {isShop ? <ShopSteps shop={channel.name} /> : <BankSteps bank={channel.name} />}
    </>
  );
}

function BankSteps({ bank }: { bank: string }) {
  return (
    <ol class="steps">
      <li>Buka m-banking, internet banking, atau ATM, lalu pilih {bank}.</li>
      <li>Masukkan nomor di atas; nama dan jumlahnya terisi sendiri.</li>
      <li>Konfirmasi. Halaman ini berganti sendiri begitu uangnya masuk.</li>
    </ol>
  );
}

function ShopSteps({ shop }: { shop: string }) {
  return (
    <ol class="steps">
      <li>Datang ke kasir {shop} dan sebutkan pembayaran Xendit.</li>
      <li>Tunjukkan kode di atas, periksa jumlahnya, lalu bayar.</li>
      <li>Simpan struknya. Halaman ini berganti sendiri begitu uangnya masuk.</li>
    </ol>
  );
}
