import QRCode from 'qrcode';

export interface QrisBill {
  merchantId: string;
  merchantName: string;
  paymentId: string;
  orderId: string;
  amountIdr: number;
}

/**
 * The text of the QR code: a dynamic merchant-presented EMV code as QRIS defines it, with a checksum
 * that holds and an acquirer that no wallet knows.
 */
export function qrisText(bill: QrisBill): string {
  const account =
    field('00', 'ID.CO.SANDBOX.WWW') +
    field('01', bill.paymentId.replaceAll('-', '').slice(0, 18)) +
    field('02', bill.merchantId) +
    field('03', 'UMI');
  const body =
    field('00', '01') +
    field('01', '12') +
    field('26', account) +
    field('52', '7999') +
    field('53', '360') +
    field('54', String(bill.amountIdr)) +
    field('58', 'ID') +
    field('59', `SANDBOX ${bill.merchantName}`.slice(0, 25)) +
    field('60', 'Purbalingga') +
    field('62', field('05', bill.orderId.slice(0, 25)));
  return `${body}6304${crc16(`${body}6304`)}`;
}

export function qrPng(text: string): Promise<Buffer> {
  return QRCode.toBuffer(text, { errorCorrectionLevel: 'M', margin: 2, scale: 8 });
}

function field(id: string, value: string): string {
  return `${id}${String(value.length).padStart(2, '0')}${value}`;
}

/** CRC-16/CCITT-FALSE, as EMV's merchant-presented mode prescribes. */
function crc16(text: string): string {
  let crc = 0xffff;
  for (const byte of Buffer.from(text)) {
    crc ^= byte << 8;
    for (let bit = 0; bit < 8; bit += 1) {
      crc = crc & 0x8000 ? ((crc << 1) ^ 0x1021) & 0xffff : (crc << 1) & 0xffff;
    }
  }
  return crc.toString(16).toUpperCase().padStart(4, '0');
}
