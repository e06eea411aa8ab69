// A vendor repeats a secret that it received in everything it answers later. The health of its instance and the health pages of the
// process must not contain it.
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { readFileSync } from 'node:fs';
import { describe, expect, it, onTestFinished } from 'vitest';
import { PermissionError } from '../../src/domain/errors.ts';
import { vendors } from '../../src/gateway.ts';
import type { SandboxVendor } from '../../src/sandbox/server.ts';
import { CREATE } from '../support/create-connection.ts';
import { everyNth } from '../support/exhaustive.ts';
import type { TestGateway, VendorName } from '../support/gateway.ts';
import { startStubbedGateway } from '../support/stub-vendor.ts';
import { findCanary, makeCanary } from './canary.ts';
import { inputWith, secretOf } from './inputs.ts';
import { POSITIONS, type Position } from './positions.ts';

const HEALTH = readFileSync(new URL('../../schema/operations/4-vendor-health.graphql', import.meta.url), 'utf8');
const LIST = '{ connections { totalCount sources { error { __typename ... on Error { message } } } } }';
const PAGES = ['/health', '/healthz', '/readyz', '/livez', '/metrics', '/'];

const positionOf = (vendor: VendorName): Position => POSITIONS.find((one) => one.vendor === vendor) as Position;

/** Answers every request except a login with everything that it received before. */
function repeating(status: number): SandboxVendor {
  const received: string[] = [];
  return ({ path, body }) => {
    if (path.endsWith('/login')) return { status: 200, body: { access_token: 'played-token', expires_in: 3600 } };
    received.push(body.toString());
    const words = received.join('\n');
    const headers = { 'x-heard': encodeURIComponent(words).slice(0, 3000) };
    return { status, headers, body: { message: words, error: words, detail: words, code: words, reason: words } };
  };
}

/** Returns the answers of Node's HTTP server at the paths that operators and probes call. */
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
  // The pages are read before the first query and after the last one.
  const [before, health, list, after] = [
    await pagesOf(handle),
    await ask(HEALTH),
    await ask(LIST),
    await pagesOf(handle),
  ];
  expect(health.errors).toBeUndefined();
  return [before, health.text, list.text, after].join('\n');
}

const VENDORS = ['looker', 'omni', 'credible', 'chartbrew'] as const;
const STATUSES = [200, 400, 401, 403, 404, 429, 500, 503];

// Side by side, because the gateway pauses before it repeats a call that was answered with 503.
describe.concurrent('the health of an instance', () => {
  it.each(
    everyNth(
      VENDORS.flatMap((vendor) => STATUSES.map((status) => [vendor, status] as const)),
      5,
    ),
  )('the health of %s does not contain a secret that the vendor repeats with status %i', async (vendor, status) => {
    const { gateway, close } = await startStubbedGateway(vendor, repeating(status));
    try {
      const canary = makeCanary();
      const position = positionOf(vendor);
      const input = inputWith(position, secretOf(position, canary));
      expect((await gateway.ask(CREATE, { input })).data.createConnection.__typename).toMatch(/^\w+$/);
      const health = await healthOf(gateway);
      expect(health).toContain('"health"');
      expect(findCanary([health, ...gateway.log].join('\n'), [canary])).toBeUndefined();
    } finally {
      await close();
    }
  });
});

describe('the search for secrets in these tests', () => {
  it('the search finds a secret in the health of an instance when the health check reports it', async () => {
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
    const played = await startStubbedGateway('looker', repeating(200), {}, { createGateway: { vendors: leaky } });
    onTestFinished(() => played.close());
    expect(findCanary(await healthOf(played.gateway), [canary])).toEqual(canary);
  });

  it.each(PAGES)('the search finds a secret at %s when a page shows it', async (page) => {
    const canary = makeCanary();
    const { gateway, close } = await startStubbedGateway('looker', repeating(500));
    onTestFinished(() => close());
    const pages = await pagesOf((request, response) => {
      if (request.url === page) response.end(`not ready: ${canary.core.toLowerCase()}`);
      else gateway.gateway.handle(request, response);
    });
    expect(findCanary(pages, [canary])).toEqual(canary);
  });
});
