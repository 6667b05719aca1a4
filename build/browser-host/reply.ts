import type { ServerResponse } from 'node:http';
import type { PageFile } from './pages.ts';

/** An answer as data; one place writes it. */
export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

export function plain(status: number, text: string): Reply {
  return reply(status, 'text/plain; charset=utf-8', Buffer.from(text));
}

export function json(value: unknown): Reply {
  return reply(200, 'application/json', Buffer.from(JSON.stringify(value ?? null)));
}

export function fileReply(file: PageFile, headers: Record<string, string> = {}): Reply {
  const { status, body, headers: own } = reply(200, file.type, file.body);
  return { status, body, headers: { ...own, ...headers } };
}

/** A page of plain words, for whoever comes with an address that opens nothing. */
export function words(status: number, title: string, sentence: string): Reply {
  const text =
    `<!doctype html><html lang="en"><meta charset="utf-8"><title>${title}</title>` +
    `<h1>${title}</h1><p>${sentence}</p></html>`;
  return reply(status, 'text/html; charset=utf-8', Buffer.from(text));
}

export function write(response: ServerResponse, { status, headers, body }: Reply): void {
  response.writeHead(status, { ...headers, 'Content-Length': body.length });
  response.end(body);
}

function reply(status: number, type: string, body: Buffer): Reply {
  return { status, headers: { 'Content-Type': type }, body };
}
