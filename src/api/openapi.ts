import { z } from 'zod';
import { ERROR_STATUS } from '../domain/errors.ts';
import { RIGHTS, type Right } from './access.ts';
import { Problem } from './answers.ts';
import { CODES, type Code } from './codes.ts';
import type { Operation, Route } from './operation.ts';

type Json = Record<string, unknown>;

/** One call as the document and the page of the API tell of it. */
export interface Described extends Json {
  operationId: string;
  summary: string;
  description?: string;
  tags: string[];
  parameters: Parameter[];
  requestBody?: Json;
  responses: Record<string, Json>;
}

interface Parameter extends Json {
  name: string;
  in: 'path' | 'query' | 'header';
  required: boolean;
  schema: Json;
  description?: string;
}

export interface Document extends Json {
  paths: Record<string, Record<string, Described>>;
}

const PROBLEM = { $ref: '#/components/schemas/Problem' };

/** The OpenAPI 3.1 document of these routes, from the same shapes that requests are checked with. */
export function describe(routes: readonly Route[], publicUrl: string): Document {
  const paths: Document['paths'] = {};
  for (const { method, path, operation } of routes) {
    const address = path.replace(/:(\w+)/g, '{$1}');
    paths[address] = { ...paths[address], [method]: describeCall(path, operation) };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Pesan',
      version: '1',
      description:
        'Instants are ISO 8601 with an offset, dates `YYYY-MM-DD` in the zone of the business, times `HH:MM`, amounts whole rupiah. Unknown fields are ignored.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: publicUrl }],
    tags: TAGS,
    paths,
    components: {
      schemas: { Problem: shapeOf(Problem, 'output') },
      responses: {
        Fault: {
          description: `\`INTERNAL\`: ${CODES.INTERNAL.help} \`UNAVAILABLE\`: ${CODES.UNAVAILABLE.help}`,
          content: { 'application/problem+json': { schema: PROBLEM } },
        },
      },
      securitySchemes: {
        token: {
          type: 'http',
          scheme: 'bearer',
          description: 'Of the sign-in call, or of `npm run pesan -- token create`.',
        },
      },
    },
  };
}

const TAGS = [
  { name: 'customers', description: 'What anybody may ask, and what a link opens.' },
  { name: 'operators', description: 'What staff may do with a token of their business.' },
  { name: 'providers', description: 'Where payment providers tell of payments.' },
  { name: 'machines', description: 'How this process is, and this document.' },
];

function tagOf(path: string): string {
  if (path.startsWith('/api/v1/admin/')) return 'operators';
  if (path.startsWith('/webhooks/') || path.startsWith('/payments/')) return 'providers';
  return path.startsWith('/api/v1/') || path.startsWith('/pay/') ? 'customers' : 'machines';
}

function describeCall(path: string, operation: Operation): Described {
  const { name, does, about, right } = operation;
  const description = [about, right && whoMay(right)].filter(Boolean).join(' ');
  return {
    operationId: name,
    summary: does,
    ...(description && { description }),
    tags: [tagOf(path)],
    ...(right && { security: [{ token: [] }] }),
    parameters: [...pathParameters(path), ...headers(operation), ...queryParameters(operation)],
    ...bodyOf(operation),
    responses: { ...answersOf(operation), ...refusalsOf(operation) },
  };
}

/** The roles that have a right, in words. */
export function whoMay(right: Right): string {
  const roles = Object.entries(RIGHTS).filter(([, rights]) => rights.includes(right));
  return `For ${roles.map(([role]) => role).join(', ')}.`;
}

const IN_PATH: Record<string, string> = {
  business: 'The short name of a business, such as `slamet`.',
  token: 'What makes a link a secret; answered by the call that made it.',
  code: 'The code of a booking; any case.',
  id: 'The number of an event.',
};

function pathParameters(path: string): Parameter[] {
  return [...path.matchAll(/:(\w+)/g)].map(([, name]) => ({
    name: name!,
    in: 'path',
    required: true,
    schema: { type: 'string' },
    description: IN_PATH[name!] ?? '',
  }));
}

function headers({ key }: Operation): Parameter[] {
  if (!key) return [];
  return [
    {
      name: 'Idempotency-Key',
      in: 'header',
      required: key === 'needed',
      schema: { type: 'string', pattern: '^[!-~]{1,200}$' },
      description: 'New for each new request, the same when one is repeated. Kept for 24 hours.',
    },
  ];
}

function queryParameters({ query }: Operation): Parameter[] {
  if (!query) return [];
  const shape = shapeOf(query, 'output') as {
    properties: Record<string, Json>;
    required?: string[];
  };
  return Object.entries(shape.properties).map(([name, { description, ...schema }]) => ({
    name,
    in: 'query',
    required: shape.required?.includes(name) ?? false,
    schema,
    ...(description !== undefined && { description: String(description) }),
  }));
}

function bodyOf({ body, bytes }: Operation): { requestBody?: Json } {
  const schema = body ? shapeOf(body, 'input') : { type: 'object' };
  if (!body && !bytes) return {};
  return { requestBody: { required: true, content: { 'application/json': { schema } } } };
}

function answersOf({ answers, key }: Operation): Record<string, Json> {
  const replayed = {
    'Idempotent-Replayed': {
      description: '`true` when the key was used before.',
      schema: { type: 'string', const: 'true' },
    },
  };
  return Object.fromEntries(
    answers.map(({ status, says, shape, type }) => {
      const json = shape && { 'application/json': { schema: shapeOf(shape, 'output') } };
      const content = json ?? (type && { [type]: { schema: { type: 'string' } } });
      return [
        String(status),
        { description: says, ...(key && { headers: replayed }), ...(content && { content }) },
      ];
    }),
  );
}

/** The codes with which a call may be refused, those that follow from its shape included. */
export function codesOf(operation: Operation): Code[] {
  const { right, body, key, refuses } = operation;
  const codes = new Set<Code>(refuses);
  if (right) codes.add('UNAUTHORIZED').add('FORBIDDEN');
  if (body) codes.add('INVALID').add('TOO_LARGE');
  if (key) codes.add('INVALID').add('IDEMPOTENCY_MISMATCH');
  return (Object.keys(CODES) as Code[]).filter((code) => codes.has(code));
}

function refusalsOf(operation: Operation): Record<string, Json> {
  const byStatus = new Map<string, Code[]>();
  for (const code of codesOf(operation)) {
    const status = code === 'INTERNAL' ? '500' : String(ERROR_STATUS[code]);
    byStatus.set(status, [...(byStatus.get(status) ?? []), code]);
  }
  const refusals = [...byStatus].map(([status, codes]) => [status, refusal(codes)]);
  return { ...Object.fromEntries(refusals), default: { $ref: '#/components/responses/Fault' } };
}

function refusal(codes: readonly Code[]): Json {
  return {
    description: codes.map((code) => `\`${code}\`: ${CODES[code].title}.`).join(' '),
    content: { 'application/problem+json': { schema: PROBLEM } },
  };
}

function shapeOf(shape: z.ZodType, io: 'input' | 'output'): Json {
  const { $schema: _, ...schema } = z.toJSONSchema(shape, {
    io,
    unrepresentable: 'any',
    override: ({ jsonSchema }) => shorten(jsonSchema),
  });
  return schema as Json;
}

/** Leaves out what only machines would say: bounds of all integers, patterns of named formats. */
function shorten(schema: z.core.JSONSchema.BaseSchema): void {
  if (schema.minimum === Number.MIN_SAFE_INTEGER) delete schema.minimum;
  if (schema.maximum === Number.MAX_SAFE_INTEGER) delete schema.maximum;
  if (schema.format) delete schema.pattern;
}
