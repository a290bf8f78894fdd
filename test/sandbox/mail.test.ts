import { createTransport } from 'nodemailer';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Json, type Running, startSandbox } from './support.ts';

let box: Running;
beforeAll(async () => {
  box = await startSandbox();
  await createTransport(box.smtpUrl).sendMail({
    from: 'Pesan <no-reply@pesan.example>',
    to: ['Siti@example.com', 'budi@example.com'],
    subject: 'E-tiket: Bambangan ⛰',
    text: 'Buka http://localhost:3000/b/abc.',
    html: '<h1>Tiket</h1><script>alert(1)</script><img src="cid:logo@pesan"><a href="http://localhost:3000/b/abc">Buka</a>',
    attachments: [
      { filename: 'tiket.pdf', content: PDF, contentType: 'application/pdf' },
      { filename: 'logo.png', content: Buffer.from('png'), cid: 'logo@pesan' },
    ],
  });
});
afterAll(() => box.stop());

const PDF = Buffer.from('%PDF-1.7 isi \xff\x00', 'latin1');

async function mailTo(to: string): Promise<Json[]> {
  return (await box.control('GET', `/mail?to=${encodeURIComponent(to)}`)).body.messages as Json[];
}

test('a message is listed for each of its recipients, whatever the case', async () => {
  for (const to of ['siti@example.com', 'BUDI@example.com']) {
    const [mail, ...others] = await mailTo(to);
    expect(others).toEqual([]);
    expect(mail).toMatchObject({
      from: 'no-reply@pesan.example',
      to: 'Siti@example.com, budi@example.com',
      subject: 'E-tiket: Bambangan ⛰',
      text: expect.stringContaining('Buka http://localhost:3000/b/abc.'),
      html: expect.stringContaining('<h1>Tiket</h1>'),
    });
  }
  expect(await mailTo('ti@example.com')).toEqual([]);
});

test('attachments are listed with their size and downloaded with their bytes', async () => {
  const [mail] = await mailTo('siti@example.com');
  const files = mail?.attachments as Json[];
  const index = files.findIndex(({ filename }) => filename === 'tiket.pdf');
  expect(files[index]).toMatchObject({ contentType: 'application/pdf', size: PDF.length });
  const response = await fetch(`${box.url}/mail/${mail?.id}/attachments/${index}`);
  expect(response.headers.get('content-disposition')).toContain('tiket.pdf');
  expect(response.headers.get('content-type')).toContain('application/pdf');
  expect(Buffer.from(await response.arrayBuffer())).toEqual(PDF);
});

test('the mailbox page lists messages, and one message shows its text with links', async () => {
  const list = await (await fetch(`${box.url}/mail`)).text();
  expect(list).toContain('E-tiket: Bambangan ⛰');
  const [mail] = await mailTo('siti@example.com');
  const page = await (await fetch(`${box.url}/mail/${mail?.id}`)).text();
  expect(page).toContain('href="http://localhost:3000/b/abc');
  expect(page).toContain('sandbox="allow-popups');
});

test('the HTML of a message is shown without script, its pictures from the message', async () => {
  const [mail] = await mailTo('siti@example.com');
  const response = await fetch(`${box.url}/mail/${mail?.id}/html`);
  const policy = response.headers.get('content-security-policy');
  expect(policy).toContain("default-src 'none'");
  expect(policy).toMatch(/sandbox (?!.*allow-scripts)/);
  expect(await response.text()).toMatch(/<img src="\/mail\/[0-9a-f-]+\/attachments\/\d"/);
});

test('a message nobody knows is a clear page with 404', async () => {
  const response = await fetch(`${box.url}/mail/nothing`);
  expect(response.status).toBe(404);
  expect(await response.text()).toContain('Surat tidak ditemukan');
});

test('the first page links to the mailbox', async () => {
  expect(await (await fetch(box.url)).text()).toContain('href="/mail"');
});
