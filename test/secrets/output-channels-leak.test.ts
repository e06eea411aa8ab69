// Gateways that leak a secret on purpose: output-channels.ts finds the secret in each channel. Without this proof, a channel in which
// output-channels.test.ts finds nothing would prove nothing.
import { spawnSync } from 'node:child_process';
import { trace } from '@opentelemetry/api';
import { GraphQLError } from 'graphql';
import { describe, expect, it } from 'vitest';
import type { WriteResult } from '../../src/domain/connection.ts';
import { PermissionError } from '../../src/domain/errors.ts';
import type { HttpClient } from '../../src/http/client.ts';
import { Secret } from '../../src/secrets/secret.ts';
import { vendors } from '../../src/gateway.ts';
import type { Loaders } from '../../src/graphql/loaders.ts';
import { renderPage } from '../../src/server/graphiql.ts';
import { everyNth } from '../support/exhaustive.ts';
import { startTestGateway } from '../support/gateway.ts';
import { findAny, findCanary, makeCanary } from './canary.ts';
import { ask, inEveryPrint, leaking, textsOf, type Channel } from './output-channels.ts';
import { inputWith } from './inputs.ts';
import { OPERATIONS } from './matrix/operations.ts';
import { serveOverSocket } from './matrix/serve-over-socket.ts';
import { instanceKeyOf, startHostileGateway } from './matrix/hostile-gateway.ts';
import { POSITIONS, type Position } from './positions.ts';

const [POSITION] = POSITIONS as [Position];

/** A mistake of an adapter that has the secret in plain text. It may change the result of the create. */
type Leak = (secret: string, http: HttpClient) => ((created: WriteResult) => WriteResult) | Promise<void> | void;

const warning =
  (message: string) =>
  (created: WriteResult): WriteResult => ({
    ...created,
    warnings: [{ path: null, code: 'READ_BACK_FAILED', message }],
  });

/** Vendors whose create leaks in one way: only a test can compose them. */
const leakyVendors = (leak: Leak) =>
  vendors.map((vendor) => ({
    ...vendor,
    connect: (place: Parameters<typeof vendor.connect>[0]) => {
      const api = vendor.connect(place);
      return {
        ...api,
        create: async (...[draft, call]: Parameters<NonNullable<typeof api.create>>) => {
          const secret = Object.values(draft.config).find((value) => value instanceof Secret);
          const change = await leak(secret?.reveal() ?? '', place.http);
          const created = await api.create!(draft, call);
          return change ? change(created) : created;
        },
      };
    },
  }));

class LeakyError extends PermissionError {
  override readonly vendorStatus: never;

  constructor(vendorStatus: never) {
    super('no');
    this.vendorStatus = vendorStatus;
  }
}

/** What is hidden in an object that is logged as it is. */
const hidden = (secret: string): never => {
  const cause = Object.defineProperty(new Error('outer', { cause: new Error(secret) }), 'more', { value: secret });
  return Object.defineProperty({}, 'hidden', { value: cause, enumerable: false }) as never;
};

/** A bug that gives a secret where the schema wants another type. */
const ofAnotherType: Leak = (secret) => (created) => ({
  ...created,
  connection: { ...created.connection, name: { secret } as unknown as string },
});

const LEAKS: readonly (readonly [channel: Channel, how: string, leak: Leak])[] = [
  ['body', 'a warning, in base64', (secret) => warning(`see ${Buffer.from(secret).toString('base64')}`)],
  [
    'body',
    'a setting',
    (username) => (created) => ({
      ...created,
      connection: { ...created.connection, config: { ...created.connection.config, username } },
    }),
  ],
  [
    'body',
    'a piece in an error',
    (secret) => {
      throw new PermissionError(`no ${secret.slice(2, 9)}`);
    },
  ],
  [
    'headers',
    'one of its own',
    (secret) => {
      throw new GraphQLError('no', { extensions: { http: { headers: { 'x-leak': secret } } } });
    },
  ],
  [
    'extensions',
    'a piece',
    (secret) => {
      throw new GraphQLError('no', { extensions: { detail: secret.slice(2, 12) } });
    },
  ],
  [
    'log lines',
    'a field',
    (secret) => {
      throw new LeakyError(secret as never);
    },
  ],
  [
    'log records',
    'hidden in an object',
    (secret) => {
      throw new LeakyError(hidden(secret));
    },
  ],
  ['standard output', 'in lower case', (secret) => void process.stdout.write(`${secret.toLowerCase()}\n`)],
  // oxlint-disable-next-line no-console -- what a console prints is what is looked for
  ['standard error', 'a cause', (secret) => console.error(new Error('no', { cause: secret }))],
  ['idempotency store', 'a warning', (secret) => warning(`kept ${secret}`)],
  [
    'metrics',
    'a label',
    async (secret, http) => {
      const request = {
        kind: secret as 'read',
        method: 'GET',
        path: '/',
        deadline: AbortSignal.timeout(10_000),
      } as const;
      await http.send(request).catch(() => {});
    },
  ],
  [
    'spans',
    'an attribute',
    (secret) => {
      trace
        .getTracer('leak')
        .startSpan('call', { attributes: { password: secret } })
        .end();
    },
  ],
  [
    'spans',
    'an exception',
    (secret) => {
      const span = trace.getTracer('leak').startSpan('call');
      span.recordException(new Error(`no ${secret}`));
      span.end();
    },
  ],
];

/** What a careless plugin or resolver would do to the context. */
const CARELESS: Readonly<Record<string, (context: Careless, secret: string) => void>> = {
  'hidden in a map': (context, secret) => {
    Object.defineProperty(context, 'leak', { value: { deep: [new Map([['x', secret]])] }, enumerable: false });
  },
  'stored with the request': ({ request }, secret) => {
    Object.defineProperty(request, Symbol('body'), { value: new TextEncoder().encode(secret), enumerable: false });
  },
  'stored with the socket': ({ req }, secret) => void Object.assign(req, { rawBody: Buffer.from(`{"p":"${secret}"}`) }),
  'in the variables': ({ params }, secret) => void Object.assign(params, { variables: { input: { secret } } }),
  "as a loader's key": ({ loaders }, secret) => {
    loaders.connection.load({ id: secret, fields: new Set() }).catch(() => {});
  },
};

interface Careless {
  readonly request: object;
  readonly req: object;
  readonly params: object;
  readonly loaders: Loaders;
}

describe('the search for secrets in the output channels', () => {
  it.each(everyNth(LEAKS, 6))('a secret is found in the channel: %s, %s', async (channel, _how, leak) => {
    const hostile = await startHostileGateway(undefined, { vendors: leakyVendors(leak), behaviors: ['normal'] });
    const canary = makeCanary();
    const input = inputWith(POSITION, canary.core, instanceKeyOf('looker', 'normal'));
    const { document } = OPERATIONS[0]!;
    const answer = await ask(hostile, document, { ...input, idempotencyKey: 'leaky' });
    expect(leaking(await textsOf(hostile, [answer]), canary)).toContain(channel);
    await hostile.close();
  });

  it.each(everyNth(Object.entries(CARELESS), 5))(
    'a secret is found in the channel: context, %s',
    async (_how, leak) => {
      const canary = makeCanary();
      const see = (context: unknown) => leak(context as Careless, canary.core);
      const hostile = await serveOverSocket(await startHostileGateway(see, { behaviors: ['normal'] }));
      const { document } = OPERATIONS[0]!;
      const answer = await ask(
        hostile,
        document,
        inputWith(POSITION, 'pw-secret-1', instanceKeyOf('looker', 'normal')),
      );
      expect(leaking(await textsOf(hostile, [answer]), canary)).toEqual(['context']);
      await hostile.close();
    },
  );

  it.each([
    ['the plain text', (secret: string) => secret],
    ['the JSON of the text', (secret: string) => ({ toJSON: () => secret })],
    [
      'a property that is not enumerable',
      (secret: string) => Object.defineProperty({}, Symbol('hidden'), { value: secret }),
    ],
    ['the value of a getter', (secret: string) => Object.defineProperty({}, 'got', { get: () => secret })],
  ])('a secret is found in the arguments of a mutation: %s', (_how, hide) => {
    const canary = makeCanary();
    expect(findCanary(inEveryPrint({ input: { password: hide(canary.core) } }), [canary])).toEqual(canary);
    expect(findCanary(inEveryPrint({ input: { password: new Secret(canary.core) } }), [canary])).toBeUndefined();
  });

  it('a value of the wrong type that contains a secret is not quoted', async () => {
    const hostile = await startHostileGateway(undefined, {
      vendors: leakyVendors(ofAnotherType),
      behaviors: ['normal'],
    });
    const canary = makeCanary();
    const { document } = OPERATIONS[0]!;
    const answer = await ask(hostile, document, inputWith(POSITION, canary.core, instanceKeyOf('looker', 'normal')));
    expect(JSON.parse(answer.body)).toMatchObject({ errors: [{ extensions: { code: 'INTERNAL_SERVER_ERROR' } }] });
    const { context: _holdsTheVendorsAnswer, ...texts } = await textsOf(hostile, [answer]);
    expect(leaking(texts, canary)).toEqual([]);
    await hostile.close();
  });

  it('a secret is found in the channel: health pages', async () => {
    const canary = makeCanary();
    const hostile = await startHostileGateway(undefined, { behaviors: ['normal'] });
    const leaky = (headers: Record<string, string>, body: string) => ({
      ...hostile,
      gateway: {
        ...hostile.gateway,
        gateway: { ...hostile.gateway.gateway, fetch: async () => new Response(body, { headers }) },
      },
    });
    expect(leaking(await textsOf(leaky({}, canary.core), []), canary)).toContain('health pages');
    expect(leaking(await textsOf(leaky({ 'x-leak': canary.core }, ''), []), canary)).toContain('health pages');
    await hostile.close();
  });

  it('a secret is found in the channel: GraphiQL page', async () => {
    const canary = makeCanary();
    const leakingPage = await renderPage([{ query: '{ x }', variables: `{"p": "${canary.core}"}` }], {
      asksForToken: false,
      hasConsole: false,
    });
    expect(findCanary(leakingPage, [canary])).toEqual(canary);
    expect(findAny(leakingPage)).not.toBeNull();
    const gateway = await startTestGateway({ server: { graphiql: true } });
    const page = await gateway.gateway.fetch(
      new Request('http://127.0.0.1/graphql', { headers: { accept: 'text/html' } }),
    );
    expect(page.headers.get('content-type')).toContain('text/html');
    await gateway.close();
  });

  it.each([
    ['diagnostic report', 'process.stdout.write(JSON.stringify(process.report.getReport()))'],
    ['command line', 'process.stdout.write(require("node:fs").readFileSync("/proc/self/cmdline"))'],
  ])('a secret is found in the channel: %s', (_channel, script) => {
    const canary = makeCanary();
    const { stdout } = spawnSync(process.execPath, ['-e', script, '--', canary.core], { encoding: 'utf8' });
    expect(findCanary(stdout, [canary])).toEqual(canary);
  });
});
