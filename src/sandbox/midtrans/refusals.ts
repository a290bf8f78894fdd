import { randomUUID } from 'node:crypto';

/** The Core API's way of refusing: a body, under HTTP 200. */
export function refusal(code: string, message: string) {
  return { status_code: code, status_message: message, id: randomUUID() };
}

export function notFound() {
  return refusal('404', "Transaction doesn't exist.");
}

export const CANNOT_MODIFY = {
  status_code: '412',
  status_message: 'Merchant cannot modify the status of the transaction',
};

export const INTERNAL_ERROR = 'Sorry, we encountered internal server error. We will fix this soon.';
