import type { RequestHandler } from 'express';
import type { Clock } from '../clock.ts';
import type { Deliveries } from '../deliveries.ts';
import type { Faults } from '../faults.ts';
import { jakartaTime } from '../instants.ts';
import type { Mailbox } from '../mail.ts';
import type { Provider, TransactionSummary } from '../provider.ts';
import { Document, rupiah, sendPage } from './layout.tsx';

interface HomeDeps {
  url: string;
  smtpUrl: string;
  providers: Provider[];
  deliveries: Deliveries;
  mailbox: Mailbox;
  clock: Clock;
  faults: Faults;
}

const ROWS = 20;

/** `/`: where everything is, and what happened last. */
export function homePage(deps: HomeDeps): RequestHandler {
  return (_req, res) => {
    const transactions = deps.providers
      .flatMap((each) => each.listTransactions())
      .sort((a, b) => b.createdAt.localeCompare(a.createdAt))
      .slice(0, ROWS);
    sendPage(res, 200, <Home {...deps} transactions={transactions} />);
  };
}

function Home(props: HomeDeps & { transactions: TransactionSummary[] }) {
  const faulty = props.faults.list().filter(({ api, webhook }) => api || webhook);
  return (
    <Document title="Sandbox" nav>
      <main class="wide-page">
        <h1>
          Sandbox <small>Midtrans, Xendit, Telegram dan surat, tanpa uang sungguhan</small>
        </h1>
        <ul class="tiles">
          <li>
            <a href="/mail">
              <strong>{props.mailbox.list().length} surat</strong>
              <span>Kotak surat · Mailbox</span>
            </a>
          </li>
          <li>
            <a href="/chat">
              <strong>Chat</strong>
              <span>Bicara dengan bot · Talk to the bots</span>
            </a>
          </li>
          <li>
            <strong>{props.url}/midtrans</strong>
            <span>Snap /snap/v1 · Core /v2</span>
          </li>
          <li>
            <strong>{props.url}/xendit</strong>
            <span>Invoice /v2/invoices · Refund /refunds</span>
          </li>
          <li>
            <strong>{props.url}/telegram</strong>
            <span>Bot API /bot&lt;token&gt;</span>
          </li>
          <li>
            <strong>{props.smtpUrl}</strong>
            <span>SMTP</span>
          </li>
          <li>
            <strong>× {props.clock.retryScale}</strong>
            <span>Jeda pengiriman ulang · Retry scale</span>
          </li>
        </ul>
        {faulty.length > 0 && (
          <p class="alert" role="status">
            Gangguan aktif · Faults on: <code>{JSON.stringify(faulty)}</code>
          </p>
        )}
        <Transactions rows={props.transactions} />
        <Sent deliveries={props.deliveries} />
      </main>
    </Document>
  );
}

function Transactions({ rows }: { rows: TransactionSummary[] }) {
  return (
    <section>
      <h2>Transaksi terbaru</h2>
      {rows.length === 0 && <p class="hint">Belum ada. · None yet.</p>}
      <ul class="rows">
        {rows.map((row) => (
          <li key={row.id}>
            <code>{row.orderId}</code>
            <span>{rupiah(row.amountIdr)}</span>
            <span class={`state state-${row.status.toLowerCase()}`}>{row.status}</span>
            <time>{jakartaTime(Date.parse(row.createdAt))}</time>
            {row.status.toLowerCase() === 'pending' && (
              <form method="post" action={payPath(row)}>
                <button type="submit">Bayar · Pay</button>
              </form>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

/** What a bank does when a transfer arrives: also for accounts that have no page. */
function payPath({ provider, orderId }: TransactionSummary): string {
  const move = provider === 'midtrans' ? 'settle' : 'pay';
  return `/control/${provider}/${encodeURIComponent(orderId)}/${move}`;
}

function Sent({ deliveries }: { deliveries: Deliveries }) {
  const rows = deliveries.list('').slice(-ROWS).reverse();
  return (
    <section>
      <h2>Webhook terbaru</h2>
      {rows.length === 0 && <p class="hint">Belum ada. · None yet.</p>}
      <ul class="rows">
        {rows.map((row) => (
          <li key={row.id}>
            <code>{row.ref}</code>
            <span>#{row.attempt}</span>
            <span class={`state state-${row.status === 200 ? 'settlement' : 'deny'}`}>
              {row.status ?? row.answer.slice(0, 40)}
            </span>
            <time>{jakartaTime(Date.parse(row.at))}</time>
          </li>
        ))}
      </ul>
    </section>
  );
}
