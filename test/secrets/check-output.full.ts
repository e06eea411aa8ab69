// The command `check` prints no credential, whatever the vendors answer: each answer here repeats the whole request, with its credential,
// in one encoding.
import { createServer, type IncomingMessage, type Server } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { useProcesses } from '../process/run.ts';
import { findCanary, makeCanary } from './canary.ts';
import { ECHOES } from './matrix/hostile-vendors.ts';

const { start, file } = useProcesses();

const STATUSES = [200, 302, 400, 401, 403, 404, 429, 500];
const canaries = Array.from({ length: 4 }, makeCanary);
const [looker, omni, credible, chartbrew] = canaries.map(({ core }) => core);
const received: string[] = [];

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return `${JSON.stringify(request.headers)} ${Buffer.concat(chunks).toString()}`;
}

/** Answers `/<status>-<encoding>/…` with that status and the request in that encoding, in each place where vendors send text. */
const server: Server = createServer((request, response) => {
  void textOf(request).then((raw) => {
    received.push(raw);
    const [, status = '500', encoding = ''] = /^\/(\d+)-([^/]*)\//.exec(request.url ?? '') ?? [];
    const text = ECHOES[decodeURIComponent(encoding)]?.(raw, 0) ?? raw;
    const line = encodeURIComponent(text).slice(0, 2000);
    const body = JSON.stringify({
      message: text,
      error: text,
      detail: text,
      code: text,
      access_token: text,
      [text]: [text],
    });
    response
      .writeHead(Number(status), { 'content-type': 'application/json', location: `/${line}`, 'x-text': line })
      .end(body);
  });
});

let config = '';
beforeAll(async () => {
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const instances = STATUSES.flatMap((status, row) =>
    Object.keys(ECHOES).flatMap((encoding, column) => {
      const base = `${origin}/${status}-${encodeURIComponent(encoding)}`;
      const key = (vendor: string) => `${vendor}-${row}-${column}`;
      return [
        { key: key('l'), vendor: 'looker', baseUrl: `${base}/api/4.0`, clientId: `id${looker}`, clientSecret: looker },
        { key: key('o'), vendor: 'omni', baseUrl: `${base}/api`, apiKey: omni },
        {
          key: key('c'),
          vendor: 'credible',
          baseUrl: `${base}/api/v0`,
          organization: 'a',
          project: 'p',
          token: credible,
        },
        { key: key('b'), vendor: 'chartbrew', baseUrl: base, teamId: 7, apiKey: chartbrew },
      ];
    }),
  );
  config = await file('hostile.json', JSON.stringify({ log: { level: 'debug' }, instances }));
});
afterAll(() => void server.close());

it.each([
  ['a table', []],
  ['JSON', ['--json']],
])('check prints no credential as %s', async (_as, options) => {
  received.length = 0;
  const run = start(['check', '--config', config, ...options]);
  expect(await run.ended).toBe(2);
  const printed = run.printed.stdout + run.printed.stderr;
  expect(printed).toContain('l-0-0');
  expect(findCanary(printed, canaries)).toBeUndefined();
  // Each credential was sent, and each answer repeated it.
  for (const canary of canaries) expect(findCanary(received.join('\n'), [canary])).toEqual(canary);
});
