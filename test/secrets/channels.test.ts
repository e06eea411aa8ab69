// Every way out of the process is looked at after each operation, and finds nothing; then a composition that leaks, which only a
// test can make, is looked at in the same way and found out. A way that finds nothing there proves nothing here.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { GraphQLError } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PermissionError } from '../../src/domain/errors.ts';
import { Secret } from '../../src/domain/secret.ts';
import { vendors } from '../../src/gateway.ts';
import { renderPage } from '../../src/server/graphiql.ts';
import { startTestGateway } from '../support/gateway.ts';
import { findAny, findCanary, makeCanary, type Canary } from './canary.ts';
import { deepText } from './deep.ts';
import { inputWith, secretOf, SPELLINGS } from './inputs.ts';
import { OPERATIONS } from './matrix/operations.ts';
import { prepare } from './matrix/run.ts';
import { keyOf, startStage, type Stage } from './matrix/stage.ts';
import { POSITIONS, type Position } from './positions.ts';

const ASKED = ['well', '400-raw', '500-base64', 'bug'];
const CASTS = [...ASKED, 'other'];
const [POSITION] = POSITIONS as [Position];

interface Told {
  readonly body: string;
  readonly headers: string;
  readonly extensions: string;
}

type Channel =
  | keyof Told
  | 'log lines'
  | 'log records'
  | 'standard output'
  | 'standard error'
  | 'idempotency store'
  | 'context'
  | 'GraphiQL page'
  | 'diagnostic report'
  | 'command line';

// A request without a socket is the caller's own object, and keeps the body that he gave it.
const ours = (context: unknown): object => {
  const { request: _request, ...rest } = Object.getOwnPropertyDescriptors(context);
  return Object.defineProperties({}, rest);
};

const pageOf = async (stage: Stage): Promise<string> => {
  const request = new Request('http://127.0.0.1/graphql', { headers: { accept: 'text/html' } });
  return (await stage.gateway.gateway.fetch(request)).text();
};

/** The page as it is served when nobody has asked anything: six letters of a canary stand in its megabytes by chance. */
let untouchedPage: string | null = null;
async function changedPage(stage: Stage): Promise<string> {
  untouchedPage ??= await startTestGateway({ server: { graphiql: true } }).then(async (gateway) => {
    const text = await pageOf({ gateway } as Stage);
    await gateway.close();
    return text;
  });
  const page = await pageOf(stage);
  return page === untouchedPage ? '' : page;
}

/** The text of every way out. */
async function textsOf(stage: Stage, told: readonly Told[]): Promise<Record<Channel, string>> {
  const toldOf = (key: keyof Told) => told.map((one) => one[key]).join('\n');
  return {
    body: toldOf('body'),
    headers: toldOf('headers'),
    extensions: toldOf('extensions'),
    'log lines': stage.gateway.log.join('\n'),
    'log records': stage.records.map(deepText).join('\n'),
    'standard output': stage.printed.stdout.join('\n'),
    'standard error': stage.printed.stderr.join('\n'),
    'idempotency store': stage.kept.map(deepText).join('\n'),
    context: deepText(ours(stage.context())),
    'GraphiQL page': await changedPage(stage),
    'diagnostic report': JSON.stringify(process.report.getReport()),
    'command line': readFileSync('/proc/self/cmdline', 'utf8'),
  };
}

const leaking = (texts: Partial<Record<Channel, string>>, canary: Canary): string[] =>
  Object.entries(texts).flatMap(([channel, text]) => (findCanary(text, [canary]) ? [channel] : []));

async function ask(stage: Stage, query: string, input: object): Promise<Told> {
  const response = await stage.post(JSON.stringify({ query, variables: { input } }));
  const body = await response.text();
  const { errors = [], extensions = {} } = JSON.parse(body) as {
    errors?: { extensions?: object }[];
    extensions?: object;
  };
  const all = [extensions, ...errors.map((one) => one.extensions)];
  return { body, headers: JSON.stringify([...response.headers]), extensions: JSON.stringify(all) };
}

describe('No secret is in any channel', () => {
  let stage: Stage;
  let ids: ReadonlyMap<Position, string>;
  beforeAll(async () => {
    stage = await startStage(undefined, { casts: CASTS });
    ids = await prepare(stage);
  });
  afterAll(() => stage.close());

  const ways = OPERATIONS.flatMap((operation) => ASKED.map((cast) => ({ operation, cast, name: operation.name })));

  it.each(ways)('after $name, the vendor being $cast', async ({ operation, cast }) => {
    const canaries: Canary[] = [];
    const told: Told[] = [];
    for (const [at, spelling] of Object.keys(SPELLINGS).entries()) {
      // A private key, a password, driver parameters, files: in turn.
      const position = POSITIONS.filter(operation.takes)[at * 7] ?? POSITION;
      const canary = makeCanary();
      canaries.push(canary);
      const secret = secretOf(position, canary, spelling);
      const keys = { instance: keyOf(position.vendor, cast), other: keyOf(position.vendor, 'other') };
      const name = `channel_${canary.core.toLowerCase().slice(1, 5)}`;
      const input = operation.input({ position, secret, ...keys, vendorId: ids.get(position) ?? '', name, turn: 0 });
      told.push(await ask(stage, operation.document, input));
      const { params } = stage.context() as { params: unknown };
      expect(leaking({ context: deepText(params) }, canary)).toEqual([]);
    }
    const texts = await textsOf(stage, told);
    expect(canaries.map((canary) => leaking(texts, canary)).filter((channels) => channels.length > 0)).toEqual([]);
  });
});

/** What a vendor of ours does that has lost its mask: it is given the secret in clear. */
type Leak = (secret: string) => unknown;

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
          const message = leak(secret?.reveal() ?? '');
          const created = await api.create!(draft, call);
          if (typeof message !== 'string') return created;
          return { ...created, warnings: [{ path: null, code: 'READ_BACK_FAILED' as const, message }] };
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

const LEAKS: Readonly<Partial<Record<Channel, Leak>>> = {
  body: (secret) => `see ${Buffer.from(secret).toString('base64')}`,
  headers: (secret) => {
    throw new GraphQLError('no', { extensions: { http: { headers: { 'x-leak': secret } } } });
  },
  extensions: (secret) => {
    throw new GraphQLError('no', { extensions: { detail: secret.slice(2, 12) } });
  },
  'log lines': (secret) => {
    throw new LeakyError(secret as never);
  },
  'log records': (secret) => {
    throw new LeakyError(hidden(secret));
  },
  'standard output': (secret) => void process.stdout.write(`${secret.toLowerCase()}\n`),
  // oxlint-disable-next-line no-console -- what a console prints is what is looked for
  'standard error': (secret) => console.error(new Error('no', { cause: secret })),
  'idempotency store': (secret) => `kept ${secret}`,
};

describe('Without the masking', () => {
  it.each(Object.entries(LEAKS))('a secret is found in the channel: %s', async (channel, leak) => {
    const stage = await startStage(undefined, { vendors: leakyVendors(leak), casts: ['well'] });
    const canary = makeCanary();
    const input = inputWith(POSITION, canary.core, keyOf('looker', 'well'));
    const { document } = OPERATIONS[0]!;
    const told = await ask(stage, document, { ...input, idempotencyKey: 'leaky' });
    expect(leaking(await textsOf(stage, [told]), canary)).toContain(channel);
    await stage.close();
  });

  it('a secret is found in the channel: context', async () => {
    const canary = makeCanary();
    const leak = (context: unknown) => {
      Object.defineProperty(context, 'leak', { value: { deep: [new Map([['x', canary.core]])] }, enumerable: false });
    };
    const stage = await startStage(leak, { casts: ['well'] });
    const { document } = OPERATIONS[0]!;
    const told = await ask(stage, document, inputWith(POSITION, 'pw-secret-1', keyOf('looker', 'well')));
    expect(leaking(await textsOf(stage, [told]), canary)).toEqual(['context']);
    await stage.close();
  });

  it('a secret is found in the channel: GraphiQL page', async () => {
    const canary = makeCanary();
    expect(findCanary(renderPage([{ query: '{ x }', variables: `{"p": "${canary.core}"}` }]), [canary])).toEqual(
      canary,
    );
    expect(findAny(renderPage([{ query: '{ x }', variables: `{"p": "${canary.core}"}` }]))).not.toBeNull();
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
