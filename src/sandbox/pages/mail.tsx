import { type Response, Router } from 'express';
import { jakartaTime } from '../instants.ts';
import type { Mail, Mailbox } from '../mail.ts';
import { Document, sendPage } from './layout.tsx';

/** Mail may be made of anything: no script, no form, no request leaves the frame it is shown in. */
const MAIL_POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; font-src data:; sandbox allow-popups allow-popups-to-escape-sandbox";

/** `/mail`: everything that was sent to anybody. */
export function mailPages(mailbox: Mailbox): Router {
  const router = Router();

  router.get('/', (req, res) => {
    const to = typeof req.query.to === 'string' ? req.query.to : '';
    sendPage(res, 200, <List mails={mailbox.list(to).reverse().slice(0, 200)} to={to} />);
  });

  router.get('/:id', (req, res) => {
    const mail = mailbox.find(req.params.id);
    if (!mail) return sendPage(res, 404, <NoMail />);
    sendPage(res, 200, <Message mail={mail} />);
  });

  router.get('/:id/html', (req, res) => {
    const mail = mailbox.find(req.params.id);
    if (!mail?.html) return sendPage(res, 404, <NoMail />);
    res
      .set('content-security-policy', MAIL_POLICY)
      .set('referrer-policy', 'no-referrer')
      .type('html')
      .send(`<base target="_blank">${withPictures(mail)}`);
  });

  router.get('/:id/attachments/:index', async (req, res) => {
    const file = await mailbox.readAttachment(req.params.id, Number(req.params.index));
    if (!file) return sendPage(res, 404, <NoMail />);
    sendFile(res, file);
  });

  return router;
}

function sendFile(res: Response, file: { filename: string; contentType: string; content: Buffer }) {
  res
    .attachment(file.filename)
    .set('content-type', file.contentType)
    .set('x-content-type-options', 'nosniff')
    .set('content-security-policy', "default-src 'none'; sandbox")
    .send(file.content);
}

/** `cid:` addresses point at the message's own attachments. */
function withPictures(mail: Mail): string {
  return mail.html.replace(/cid:([^"'\s)>]+)/g, (whole, contentId: string) => {
    const index = mail.attachments.findIndex((each) => each.contentId === contentId);
    return index < 0 ? whole : `/mail/${mail.id}/attachments/${index}`;
  });
}

function List({ mails, to }: { mails: Mail[]; to: string }) {
  return (
    <Document title="Kotak surat" nav>
      <main class="wide-page">
        <h1>
          Kotak surat <small lang="en">Mailbox</small>
        </h1>
        <form class="search" method="get" action="/mail">
          <label>
            Penerima · Recipient
            <input type="email" name="to" value={to} placeholder="semua · everybody" />
          </label>
          <button type="submit" class="primary">
            Cari
          </button>
        </form>
        {mails.length === 0 && <p class="hint">Belum ada surat. · No mail yet.</p>}
        <ul class="mails">
          {mails.map((mail) => (
            <li key={mail.id}>
              <a href={`/mail/${mail.id}`}>
                <span class="mail-to">{mail.to}</span>
                <time>{jakartaTime(Date.parse(mail.at))}</time>
                <strong class="mail-subject">{mail.subject || '(tanpa judul)'}</strong>
                <span class="mail-start">{mail.text.slice(0, 140)}</span>
                {mail.attachments.length > 0 && (
                  <span class="chip">{mail.attachments.length} lampiran</span>
                )}
              </a>
            </li>
          ))}
        </ul>
      </main>
    </Document>
  );
}

function Message({ mail }: { mail: Mail }) {
  return (
    <Document title={mail.subject || 'Surat'} nav>
      <main class="wide-page">
        <p>
          <a href="/mail">← Kotak surat</a>
        </p>
        <h1>{mail.subject || '(tanpa judul)'}</h1>
        <dl class="facts head">
          <dt>Dari · From</dt>
          <dd>{mail.from}</dd>
          <dt>Kepada · To</dt>
          <dd>{mail.to}</dd>
          <dt>Waktu · Time</dt>
          <dd>{jakartaTime(Date.parse(mail.at))} WIB</dd>
        </dl>
        <Attachments mail={mail} />
        {mail.html && (
          <iframe
            class="mail-html"
            title="Isi surat"
            src={`/mail/${mail.id}/html`}
            sandbox="allow-popups allow-popups-to-escape-sandbox"
          />
        )}
        {mail.html && mail.text ? (
          <details>
            <summary>Versi teks · Text version</summary>
            <MailText text={mail.text} />
          </details>
        ) : (
          mail.text && <MailText text={mail.text} />
        )}
      </main>
    </Document>
  );
}

function Attachments({ mail }: { mail: Mail }) {
  if (mail.attachments.length === 0) return null;
  return (
    <ul class="files" aria-label="Lampiran">
      {mail.attachments.map((file, index) => (
        <li key={file.filename}>
          <a href={`/mail/${mail.id}/attachments/${index}`} download={file.filename}>
            <strong>{file.filename}</strong>
            <small>
              {file.contentType} · {Math.ceil(file.size / 1024)} KB
            </small>
          </a>
        </li>
      ))}
    </ul>
  );
}

/** Plain text with its links made to work. */
function MailText({ text }: { text: string }) {
  const parts = text.split(/(https?:\/\/[^\s<>"]+)/);
  return (
    <pre class="mail-text">
      {parts.map((part) =>
        /^https?:\/\//.test(part) ? (
          <a href={part} target="_blank" rel="noreferrer">
            {part}
          </a>
        ) : (
          part
        ),
      )}
    </pre>
  );
}

function NoMail() {
  return (
    <Document title="Tidak ditemukan" nav>
      <main class="wide-page">
        <h1>
          Surat tidak ditemukan <small lang="en">No such message</small>
        </h1>
        <p>
          <a href="/mail">← Kotak surat</a>
        </p>
      </main>
    </Document>
  );
}
