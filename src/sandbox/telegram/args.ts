import type { Request } from 'express';
import { parseMultipart, type Upload } from './multipart.ts';
import { bad, Refusal } from './refusal.ts';

/** Telegram takes documents of up to 50 MB; here a journal keeps them. */
const MOST_BYTES = 52 * 1024 * 1024;

/** The arguments of a call, whichever way they came. */
export interface Args {
  text(name: string): string | undefined;
  int(name: string): number | undefined;
  flag(name: string): boolean;
  /** An object or array, sent as such or as JSON text. */
  json(name: string): unknown;
  /** What was uploaded for a field, directly or by `attach://`. */
  upload(name: string): Upload | undefined;
}

export async function readArgs(req: Request): Promise<Args> {
  const query = Object.fromEntries(
    Object.entries(req.query).filter(([, value]) => typeof value === 'string'),
  );
  const { fields, uploads } = await readBody(req);
  return argsOf({ ...query, ...fields }, uploads);
}

export function argsOf(fields: Record<string, unknown>, uploads: Map<string, Upload>): Args {
  const text = (name: string) => {
    const value = fields[name];
    if (value === undefined || value === null) return undefined;
    return typeof value === 'object' ? JSON.stringify(value) : String(value);
  };
  return {
    text,
    int(name) {
      const value = text(name);
      if (value === undefined || value === '') return undefined;
      return /^-?\d+$/.test(value) ? Number(value) : undefined;
    },
    flag: (name) => ['true', '1', 'yes'].includes(text(name)?.toLowerCase() ?? ''),
    json(name) {
      const value = fields[name];
      return typeof value === 'string' && value !== '' ? parsed(value, name) : value;
    },
    upload(name) {
      const target = /^attach:\/\/(.+)$/.exec(text(name) ?? '')?.[1];
      return uploads.get(target ?? name);
    },
  };
}

async function readBody(req: Request) {
  const type = req.headers['content-type'] ?? '';
  const none = { fields: {}, uploads: new Map<string, Upload>() };
  const bytes = await bytesOf(req);
  if (bytes.length === 0) return none;
  if (type.includes('multipart/form-data')) return parseMultipart(bytes, type);
  if (type.includes('json')) return { ...none, fields: objectOf(bytes.toString('utf8')) };
  return { ...none, fields: Object.fromEntries(new URLSearchParams(bytes.toString('utf8'))) };
}

async function bytesOf(req: Request): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of req) {
    size += (chunk as Buffer).length;
    if (size > MOST_BYTES) throw new Refusal(413, 'Request Entity Too Large');
    chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks);
}

function objectOf(text: string): Record<string, unknown> {
  const value = parsed(text, 'request');
  return value && typeof value === 'object' ? (value as Record<string, unknown>) : {};
}

function parsed(text: string, name: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw bad(`can't parse ${name} JSON object`);
  }
}
