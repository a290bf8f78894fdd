import { bad } from './refusal.ts';

export interface Upload {
  name: string;
  type: string;
  bytes: Buffer;
}

/**
 * Reads multipart/form-data as leniently as Telegram does: grammY writes its headers without blanks
 * and file names without quotes.
 */
export function parseMultipart(bytes: Buffer, contentType: string) {
  const boundary = /boundary="?([^";]+)"?/i.exec(contentType)?.[1];
  if (!boundary) throw bad('boundary is missing');
  const fields: Record<string, string> = {};
  const uploads = new Map<string, Upload>();
  for (const part of partsOf(bytes, `--${boundary}`)) {
    const split = part.indexOf('\r\n\r\n');
    if (split < 0) continue;
    const head = part.subarray(0, split).toString('utf8');
    const body = part.subarray(split + 4);
    const name = parameter(head, 'name');
    const filename = parameter(head, 'filename');
    if (name === undefined) continue;
    if (filename === undefined) fields[name] = body.toString('utf8');
    else uploads.set(name, { name: filename, type: typeOf(head), bytes: body });
  }
  return { fields, uploads };
}

function* partsOf(bytes: Buffer, mark: string): Generator<Buffer> {
  let start = bytes.indexOf(mark);
  while (start >= 0) {
    const from = start + mark.length + 2;
    const next = bytes.indexOf(`\r\n${mark}`, from - 2);
    if (next < 0) return;
    yield bytes.subarray(from, next);
    start = next + 2;
  }
}

function parameter(head: string, name: string): string | undefined {
  const line = /^content-disposition:.*$/im.exec(head)?.[0] ?? '';
  const match = new RegExp(`[;\\s]${name}=(?:"([^"]*)"|([^;\\r\\n]*))`, 'i').exec(line);
  return match?.[1] ?? match?.[2];
}

function typeOf(head: string): string {
  return /^content-type:\s*([^\r\n]+)/im.exec(head)?.[1]?.trim() ?? 'application/octet-stream';
}
