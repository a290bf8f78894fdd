import type { Request, Response } from 'express';
import type { z } from 'zod';
import type { Access } from '../db/access.ts';
import type { ErrorCode } from '../domain/errors.ts';
import type { Right } from './access.ts';
import type { ApiDeps } from './deps.ts';
import type { Limits } from './limits.ts';

/** One request of an operation, read and checked. */
export interface Call<Body = unknown, Query = unknown> {
  deps: ApiDeps;
  limits: Limits;
  request: Request;
  response: Response;
  body: Body;
  query: Query;
  /** The Idempotency-Key, checked; undefined where none is needed and none was given. */
  key: string | undefined;
}

/** What an answer is: its status and, for JSON, its shape; otherwise its media type. */
export interface Answer {
  status: number;
  says: string;
  shape?: z.ZodType;
  type?: string;
}

/**
 * What can be asked at an address. Who may, what is read and what is answered stand here and nowhere
 * else: the router enforces it and the OpenAPI document tells it.
 */
export interface Operation {
  /** The name of the call in the OpenAPI document. */
  name: string;
  does: string;
  /** More about it, where a sentence is not enough. */
  about?: string;
  /** Only with a token of the business that has this right; anybody otherwise. */
  right?: Right;
  key?: 'needed' | 'honoured';
  /** Bookings of one address are counted before anything else is read. */
  counted?: 'booking';
  body?: z.ZodType;
  /** Taken as it came, to be verified before it is read. */
  bytes?: { most: string };
  query?: z.ZodType;
  answers: readonly Answer[];
  refuses: readonly ErrorCode[];
  handle(call: Call): Promise<void> | void;
}

/** Where an operation is called. */
export interface Route {
  method: 'get' | 'post' | 'put' | 'delete';
  path: string;
  operation: Operation;
}

/** Ties the types of body and query to those of the handler. */
export function operation<Body extends z.ZodType, Query extends z.ZodType>(
  described: Omit<Operation, 'body' | 'query' | 'handle'> & {
    body?: Body;
    query?: Query;
    handle(call: Call<z.output<Body>, z.output<Query>>): Promise<void> | void;
  },
): Operation {
  return described as Operation;
}

/** The text of a place in the address. */
export function param({ request }: Pick<Call, 'request'>, name: string): string {
  return String(request.params[name] ?? '');
}

export function accessOf({ response }: Pick<Call, 'response'>): Access {
  return response.locals.access as Access;
}

/** Who did it, for the audit log. */
export function whoOf(call: Pick<Call, 'response'>): string {
  const { role, tokenId } = accessOf(call);
  return `${role}:${tokenId}`;
}
