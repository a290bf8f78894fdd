import type { Response } from 'express';

/** An error of the API: `{error_code, message, errors?}` under a real HTTP code. */
export interface Refusal {
  status: number;
  code: string;
  message: string;
  errors?: { field: string; messages: string[] }[];
}

export function refusal(status: number, code: string, message: string): Refusal {
  return { status, code, message };
}

export function sendRefusal(res: Response, { status, code, message, errors }: Refusal): void {
  res.status(status).json({ error_code: code, message, ...(errors && { errors }) });
}
