const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** Bytes in the letters of RFC 4648 base 32, without padding. */
export function base32(bytes: Uint8Array): string {
  let text = '';
  let bits = 0;
  let pending = 0;
  for (const byte of bytes) {
    pending = (pending << 8) | byte;
    for (bits += 8; bits >= 5; bits -= 5) text += LETTERS[(pending >> (bits - 5)) & 31];
    pending &= 0xff;
  }
  return bits > 0 ? text + LETTERS[(pending << (5 - bits)) & 31] : text;
}

/** The bytes of a base 32 text, or undefined unless it is exactly what `base32` writes. */
export function fromBase32(text: string): Buffer | undefined {
  const bytes: number[] = [];
  let bits = 0;
  let pending = 0;
  for (const letter of text) {
    const value = LETTERS.indexOf(letter);
    if (value < 0) return undefined;
    pending = ((pending << 5) | value) & 0xfff;
    bits += 5;
    if (bits >= 8) {
      bits -= 8;
      bytes.push((pending >> bits) & 0xff);
    }
  }
  const read = Buffer.from(bytes);
  // One text for the same bytes: the spare bits at the end cannot be used to write it differently.
  return base32(read) === text ? read : undefined;
}
