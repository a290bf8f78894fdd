import { readFileSync } from 'node:fs';
import { renderToString } from 'preact-render-to-string';
import { ERROR_STATUS } from '../domain/errors.ts';
import { anchorOf, CODES, type Code } from './codes.ts';
import type { Described, Document } from './openapi.ts';
import { operation } from './operation.ts';

/** Made once, when the app is: `createApp` puts it there. */
const documentOf = (request: { app: { locals: Record<string, unknown> } }) =>
  request.app.locals.openApi as Document;

export const openApi = operation({
  name: 'openApi',
  does: 'This description of the API',
  answers: [{ status: 200, says: 'OpenAPI 3.1', type: 'application/json' }],
  refuses: [],
  handle: ({ request, response }) => void response.json(documentOf(request)),
});

export const docs = operation({
  name: 'docs',
  does: 'The same for people',
  answers: [{ status: 200, says: 'A page', type: 'text/html' }],
  refuses: [],
  handle({ request, response }) {
    const html = renderToString(<Page document={documentOf(request)} />);
    response.type('html').send(`<!doctype html>${html}`);
  },
});

const STYLE = readFileSync(new URL('./docs.css', import.meta.url), 'utf8');

export const docsStyle = operation({
  name: 'docsStyle',
  does: 'How that page looks',
  answers: [{ status: 200, says: 'A style sheet', type: 'text/css' }],
  refuses: [],
  handle: ({ response }) => void response.type('css').send(STYLE),
});

interface Asked {
  method: string;
  path: string;
  call: Described;
}

function Page({ document }: { document: Document }) {
  const asked = Object.entries(document.paths).flatMap(([path, calls]) =>
    Object.entries(calls).map(([method, call]): Asked => ({ method, path, call })),
  );
  const tags = document.tags as { name: string; description: string }[];
  return (
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>Pesan API</title>
        <link rel="stylesheet" href="/api/docs.css" />
      </head>
      <body>
        <header>
          <h1>Pesan API</h1>
          <p>
            <Words text={(document.info as { description: string }).description} /> The same for
            programs: <a href="/api/openapi.json">openapi.json</a>.
          </p>
          <nav aria-label="Parts">
            {tags.map(({ name }) => (
              <a key={name} href={`#${name}`}>
                {name}
              </a>
            ))}
            <a href="#errors">errors</a>
          </nav>
        </header>
        <main>
          {tags.map((tag) => (
            <Part
              key={tag.name}
              tag={tag}
              asked={asked.filter((one) => one.call.tags.includes(tag.name))}
            />
          ))}
          <Errors />
        </main>
      </body>
    </html>
  );
}

function Part({ tag, asked }: { tag: { name: string; description: string }; asked: Asked[] }) {
  return (
    <section id={tag.name} aria-labelledby={`${tag.name}-title`}>
      <h2 id={`${tag.name}-title`}>For {tag.name}</h2>
      <p>{tag.description}</p>
      {asked.map((one) => (
        <Ask key={one.call.operationId} {...one} />
      ))}
    </section>
  );
}

function Ask({ method, path, call }: Asked) {
  const body = contentOf(call.requestBody);
  return (
    <article id={call.operationId}>
      <h3>
        <code>
          <span class="method">{method.toUpperCase()}</span> {path}
        </code>
      </h3>
      <p>
        {call.summary}.{call.description && ' '}
        {call.description && <Words text={call.description} />}
      </p>
      <Parameters call={call} />
      {body && (
        <details>
          <summary>Body</summary>
          <pre>{JSON.stringify(body, null, 2)}</pre>
        </details>
      )}
      <dl>
        {Object.entries(call.responses)
          .filter(([status]) => status !== 'default')
          .map(([status, answer]) => (
            <AnswerOf key={status} status={status} answer={answer} />
          ))}
      </dl>
    </article>
  );
}

function Parameters({ call }: { call: Described }) {
  if (call.parameters.length === 0) return null;
  return (
    <ul class="parameters">
      {call.parameters.map(({ name, in: place, required, description }) => (
        <li key={name}>
          <code>{name}</code> <small>{`${place}${required ? '' : ', optional'}`}</small>{' '}
          {description && <Words text={description} />}
        </li>
      ))}
    </ul>
  );
}

function AnswerOf({ status, answer }: { status: string; answer: Record<string, unknown> }) {
  const shape = Number(status) < 300 ? contentOf(answer) : undefined;
  return (
    <div>
      <dt>{status}</dt>
      <dd>
        <Words text={String(answer.description)} linked />
        {shape && (
          <details>
            <summary>Shape</summary>
            <pre>{JSON.stringify(shape, null, 2)}</pre>
          </details>
        )}
      </dd>
    </div>
  );
}

/** The JSON schema of a body or an answer, when it has one. */
function contentOf(part: Record<string, unknown> | undefined): unknown {
  const content = part?.content as Record<string, { schema?: unknown }> | undefined;
  return content?.['application/json']?.schema;
}

function Errors() {
  return (
    <section id="errors" aria-labelledby="errors-title">
      <h2 id="errors-title">Errors</h2>
      <p>
        Every refusal is <code>application/problem+json</code> with a <code>code</code> of these.
      </p>
      {(Object.keys(CODES) as Code[]).map((code) => (
        <article key={code} id={anchorOf(code)}>
          <h3>
            <code>
              <span class="method">{code === 'INTERNAL' ? 500 : ERROR_STATUS[code]}</span> {code}
            </code>
          </h3>
          <p>
            {CODES[code].title}. <Words text={CODES[code].help} />
          </p>
        </article>
      ))}
    </section>
  );
}

/** Text with `code` in it; codes of errors lead to where they are told of. */
function Words({ text, linked = false }: { text: string; linked?: boolean }) {
  return (
    <>
      {text.split('`').map((part, at) => {
        if (at % 2 === 0) return part;
        const code = <code key={part}>{part}</code>;
        return linked && part in CODES ? (
          <a key={part} href={`#${anchorOf(part)}`}>
            {code}
          </a>
        ) : (
          code
        );
      })}
    </>
  );
}
