// A vendor that was sent a secret and repeats it whenever it is asked whether it is well: no health page tells of it.
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { readFileSync } from 'node:fs';
import { describe, expect, it, onTestFinished } from 'vitest';
import { PermissionError } from '../../src/domain/errors.ts';
import { vendors } from '../../src/gateway.ts';
import type { SandboxVendor } from '../../src/sandbox/server.ts';
import { CREATE } from '../support/create-connection.ts';
import type { TestGateway, VendorName } from '../support/gateway.ts';
import { playVendor } from '../support/stub-vendor.ts';
import { findCanary, makeCanary } from './canary.ts';
import { inputWith, secretOf } from './inputs.ts';
import { POSITIONS, type Position } from './positions.ts';

const HEALTH = readFileSync(new URL('../../schema/operations/4-vendor-health.graphql', import.meta.url), 'utf8');
const LIST = '{ connections { totalCount sources { error { __typename ... on Error { message } } } } }';
const PAGES = ['/health', '/healthz', '/readyz', '/livez', '/metrics', '/'];

const positionOf = (vendor: VendorName): Position => POSITIONS.find((one) => one.vendor === vendor) as Position;

/** Answers all but a login with all that it was ever sent. */
function repeating(status: number): SandboxVendor {
  const heard: string[] = [];
  return ({ path, body }) => {
    if (path.endsWith('/login')) return { status: 200, body: { access_token: 'played-token', expires_in: 3600 } };
    heard.push(body.toString());
    const words = heard.join('\n');
    const headers = { 'x-heard': encodeURIComponent(words).slice(0, 3000) };
    return { status, headers, body: { message: words, error: words, detail: words, code: words, reason: words } };
  };
}

/** What Node's HTTP server answers where an operator, or a probe, would look. */
async function pagesOf(handle: RequestListener): Promise<string> {
  const server = createServer(handle);
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const answers = await Promise.all(
    PAGES.map(async (page) => {
      const answer = await fetch(origin + page);
      return [answer.status, answer.statusText, ...answer.headers, await answer.text()].join('\n');
    }),
  );
  server.closeAllConnections();
  server.close();
  return answers.join('\n');
}

async function healthOf({ gateway, ask }: TestGateway): Promise<string> {
  const handle: RequestListener = (request, response) => gateway.handle(request, response);
  // Before anybody asks for anything else, and afterwards.
  const [before, health, list, after] = [
    await pagesOf(handle),
    await ask(HEALTH),
    await ask(LIST),
    await pagesOf(handle),
  ];
  expect(health.errors).toBeUndefined();
  return [before, health.text, list.text, after].join('\n');
}

describe.each(['looker', 'omni', 'credible', 'chartbrew'] as const)('%s', (vendor) => {
  it.each([200, 400, 401, 403, 404, 429, 500, 503])('is asked, and answers with %i', async (status) => {
    const played = await playVendor(vendor, repeating(status));
    onTestFinished(() => played.close());
    const { gateway } = played;
    const canary = makeCanary();
    const position = positionOf(vendor);
    const input = inputWith(position, secretOf(position, canary));
    expect((await gateway.ask(CREATE, { input })).data.createConnection.__typename).toMatch(/^\w+$/);
    const told = await healthOf(gateway);
    expect(told).toContain('"health"');
    expect(findCanary([told, ...gateway.log].join('\n'), [canary])).toBeUndefined();
  });
});

describe('Without the masking', () => {
  it('a secret is found in the health of an instance', async () => {
    const canary = makeCanary();
    const leaky = vendors.map((vendor) => ({
      ...vendor,
      connect: (place: Parameters<typeof vendor.connect>[0]) => ({
        ...vendor.connect(place),
        check: async () => {
          throw new PermissionError(`no ${canary.core}`);
        },
      }),
    }));
    const played = await playVendor('looker', repeating(200), {}, { createGateway: { vendors: leaky } });
    onTestFinished(() => played.close());
    expect(findCanary(await healthOf(played.gateway), [canary])).toEqual(canary);
  });

  it.each(PAGES)('a secret is found at %s', async (page) => {
    const canary = makeCanary();
    const { gateway, close } = await playVendor('looker', repeating(500));
    onTestFinished(() => close());
    const told = await pagesOf((request, response) => {
      if (request.url === page) response.end(`not ready: ${canary.core.toLowerCase()}`);
      else gateway.gateway.handle(request, response);
    });
    expect(findCanary(told, [canary])).toEqual(canary);
  });
});
