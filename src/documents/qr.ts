import {
  createHash,
  createPrivateKey,
  createPublicKey,
  hkdfSync,
  type KeyObject,
  sign,
  verify,
} from 'node:crypto';
import QRCode from 'qrcode';
import { base32, fromBase32 } from './base32.ts';

/** What a ticket's QR code says: no personal data, enough for a gate without network. */
export interface TicketToken {
  business: string;
  ticketId: string;
  code: string;
  /** The local day of the visit, `YYYY-MM-DD`. */
  date: string;
  seat: number;
}

export interface TicketKeys {
  privateKey: KeyObject;
  publicKey: KeyObject;
  /** Names the public key, so that a gate knows which one it holds. */
  keyId: string;
}

const PREFIX = 'PSN1.';
const SIGNED_AS = Buffer.from('pesan ticket 1\n');
const SIGNATURE_BYTES = 64;
const DAY_MS = 86_400_000;
const FIRST_DAY_MS = Date.UTC(2000, 0, 1);

/**
 * The keys that sign tickets, made from a secret of at least 16 bytes: the same secret gives the
 * same keys on every replica and after every restart.
 */
export function ticketKeys(secretSeed: Buffer): TicketKeys {
  if (secretSeed.length < 16) throw new Error('The secret of ticket keys needs 16 bytes or more.');
  const seed = Buffer.from(hkdfSync('sha256', secretSeed, '', 'pesan ticket signing', 32));
  // PKCS #8 of an Ed25519 key (RFC 8410, section 7) is this prefix and the 32 bytes.
  const der = Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), seed]);
  const privateKey = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
  const publicKey = createPublicKey(privateKey);
  const spki = publicKey.export({ format: 'der', type: 'spki' });
  return {
    privateKey,
    publicKey,
    keyId: createHash('sha256').update(spki).digest('hex').slice(0, 16),
  };
}

/**
 * The text of a ticket's QR code: `PSN1.` and, in base 32, the payload with its Ed25519 signature.
 *
 * The same ticket always gives the same text. All its letters are in the alphanumeric mode of QR
 * codes: 45 squares a side where base 64 needs 49. Base 45 would need 41, but its blank and percent
 * sign get lost in addresses, spreadsheets and hand-held scanners.
 */
export function signTicket(key: KeyObject, ticket: TicketToken): string {
  const payload = pack(ticket);
  const signature = sign(null, Buffer.concat([SIGNED_AS, payload]), key);
  return PREFIX + base32(Buffer.concat([payload, signature]));
}

/**
 * What a QR code says, or `forged` when this key did not sign exactly this text. Needs no network:
 * whether the ticket was used or moved since is for whoever has the list.
 */
export function verifyTicket(publicKey: KeyObject, qr: string): TicketToken | 'forged' {
  if (!qr.startsWith(PREFIX) || qr.length > 400) return 'forged';
  const bytes = fromBase32(qr.slice(PREFIX.length));
  if (!bytes || bytes.length <= SIGNATURE_BYTES) return 'forged';
  const payload = bytes.subarray(0, -SIGNATURE_BYTES);
  const signature = bytes.subarray(-SIGNATURE_BYTES);
  const genuine = verify(null, Buffer.concat([SIGNED_AS, payload]), publicKey, signature);
  return genuine ? unpack(payload) : 'forged';
}

/** Three texts with their lengths before them, the day since 2000 in two bytes, the seat in one. */
function pack(ticket: TicketToken): Buffer {
  const texts = [ticket.business, ticket.ticketId, ticket.code].map((text) => {
    if (!/^[\w.-]{1,40}$/.test(text)) throw new Error('A ticket token takes short plain names.');
    return Buffer.concat([Buffer.from([text.length]), Buffer.from(text, 'latin1')]);
  });
  const day = (Date.parse(`${ticket.date}T00:00:00Z`) - FIRST_DAY_MS) / DAY_MS;
  if (!Number.isInteger(day) || day < 0 || day > 0xffff) {
    throw new Error('A ticket token takes a day from 2000 to 2179, written YYYY-MM-DD.');
  }
  const { seat } = ticket;
  if (!Number.isInteger(seat) || seat < 1 || seat > 255) {
    throw new Error('A ticket token takes a seat from 1 to 255.');
  }
  return Buffer.concat([...texts, Buffer.from([day >> 8, day & 0xff, seat])]);
}

function unpack(payload: Buffer): TicketToken {
  let at = 0;
  const text = () => {
    const length = payload.readUInt8(at);
    at += 1 + length;
    return payload.toString('latin1', at - length, at);
  };
  const [business, ticketId, code] = [text(), text(), text()];
  const day = payload.readUInt16BE(at);
  const date = new Date(FIRST_DAY_MS + day * DAY_MS).toISOString().slice(0, 10);
  return { business, ticketId, code, date, seat: payload.readUInt8(at + 2) };
}

/** The dark squares of a QR code of level M, row by row, without its quiet zone. */
export function qrModules(text: string): {
  size: number;
  dark(row: number, column: number): boolean;
} {
  const { modules } = QRCode.create(text, { errorCorrectionLevel: 'M' });
  return { size: modules.size, dark: (row, column) => modules.get(row, column) === 1 };
}

/** A QR code of level M with its quiet zone as a PNG picture. */
export function qrPng(text: string): Promise<Buffer> {
  return QRCode.toBuffer(text, { errorCorrectionLevel: 'M', margin: 4, scale: 6, type: 'png' });
}

/** A QR code of level M with its quiet zone as an SVG picture. */
export function qrSvg(text: string): Promise<string> {
  return QRCode.toString(text, { errorCorrectionLevel: 'M', margin: 4, type: 'svg' });
}
