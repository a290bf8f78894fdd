import express, {
  type Express,
  type NextFunction,
  type Request,
  type RequestHandler,
  type Response,
} from 'express';
import { checkKey } from '../commands/book.ts';
import { DomainError, invalid } from '../domain/errors.ts';
import { requireRight } from './access.ts';
import type { ApiDeps } from './deps.ts';
import { addressOf, type Limits } from './limits.ts';
import type { Route } from './operation.ts';
import { type Operation, param } from './operation.ts';
import { parse } from './problems.ts';

/** Puts operations at their addresses: rights, limits, keys and shapes are seen to here, once. */
export function mount(app: Express, routes: readonly Route[], deps: ApiDeps, limits: Limits): void {
  for (const { method, path, operation } of routes) {
    const noteRoute: RequestHandler = (_request, response, next) => {
      response.locals.route = path;
      next();
    };
    app[method](path, noteRoute, ...stepsOf(operation, deps, limits));
  }
}

function stepsOf(operation: Operation, deps: ApiDeps, limits: Limits): RequestHandler[] {
  const steps: RequestHandler[] = [(request, _response, next) => checkBusiness(request, next)];
  const { right, bytes } = operation;
  if (right) {
    steps.push(async (request, response, next) => {
      const business = param({ request }, 'business');
      const authorization = request.get('Authorization');
      response.locals.access = await requireRight(deps.pool, authorization, business, right);
      next();
    });
  }
  if (operation.counted) {
    steps.push(async (request, _response, next) => {
      await limits.booking.take(addressOf(request));
      next();
    });
  }
  if (operation.body) steps.push(requireJson, readJson);
  if (bytes) steps.push(express.raw({ limit: bytes.most, type: () => true }));
  steps.push((request, response) => perform(operation, deps, limits, request, response));
  return steps;
}

/** A name that no business can have is not looked for. */
function checkBusiness(request: Request, next: NextFunction): void {
  const { business } = request.params;
  if (business !== undefined && !/^[a-z][a-z0-9-]{1,30}$/.test(String(business))) {
    throw new DomainError('NOT_FOUND', 'There is no such business here.');
  }
  next();
}

// 256 kB is a party of a hundred with long names, several times over.
const readJson = express.json({ limit: '256kb', type: ['json', '+json'] });

function requireJson(request: Request, _response: Response, next: NextFunction): void {
  // Where there is no body at all, the shape judges.
  const isEmpty = request.get('Content-Length') === '0';
  if (!isEmpty && request.is(['json', '+json']) === false) {
    throw invalid({
      pointer: '/headers/content-type',
      message: 'Send JSON, and say so: Content-Type: application/json.',
    });
  }
  next();
}

async function perform(
  operation: Operation,
  deps: ApiDeps,
  limits: Limits,
  request: Request,
  response: Response,
): Promise<void> {
  const key = keyOf(operation, request);
  const body = operation.body ? parse(operation.body, request.body ?? {}) : request.body;
  const query = operation.query ? parse(operation.query, request.query) : undefined;
  await operation.handle({ deps, limits, request, response, key, body, query });
}

function keyOf(operation: Operation, request: Request): string | undefined {
  const given = request.get('Idempotency-Key');
  if (operation.key === 'needed') return checkKey(given);
  return operation.key && given !== undefined ? checkKey(given) : undefined;
}
