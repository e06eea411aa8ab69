// The promise at create: a secret in any write-only field reaches the vendor where its documents say, and comes out
// nowhere, whatever the vendor answers. The last tests take the masking away, in compositions of their own, and see that
// the search would have found it.
import { getNamedType, getNullableType, isInputObjectType, isListType, type GraphQLInputObjectType } from 'graphql';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Written } from '../../src/domain/connection.ts';
import { PermissionError } from '../../src/domain/errors.ts';
import { Secret } from '../../src/domain/secret.ts';
import { createSchema } from '../../src/graphql/schema.ts';
import { dialects, vendors } from '../../src/gateway.ts';
import {
  startSandboxServer,
  type RecordedRequest,
  type SandboxRequest,
  type SandboxServer,
} from '../../src/sandbox/server.ts';
import { CREATE } from '../support/create-connection.ts';
import { startTestGateway, type Answer, type TestGateway } from '../support/gateway.ts';
import { findCanary, makeCanary, reversed, type Canary } from './canary.ts';
import { BASES, POSITIONS, type Position } from './positions.ts';

type Tree = Record<string, unknown>;

function put(tree: Tree, path: string, value: unknown): void {
  const steps = path.split('.');
  const last = steps.pop() ?? '';
  let place = tree;
  for (const step of steps) place = (place[step] ??= {}) as Tree;
  place[last] = value;
}

const get = (tree: unknown, path: string): unknown =>
  path.split('.').reduce<unknown>((value, step) => (value as Tree | undefined)?.[step], tree);

function inputWith(position: Position, secret: string): Tree {
  const { vendor, dialect, field, without = [], beside = {} } = position;
  const base = structuredClone(BASES[`${vendor} ${dialect}`] ?? {}) as Tree;
  for (const key of without) delete base[key];
  const input: Tree = { instance: vendor, name: 'canary_cage', config: { [dialect]: base } };
  for (const [path, value] of Object.entries(structuredClone(beside))) put(input, path, value);
  put(input, field, secret);
  return input;
}

const secretOf = ({ shape = 'CANARY' }: Position, { core }: Canary): string => shape.replace('CANARY', core);

/** The secret as it stands in the vendor's JSON. */
function asWritten({ as }: Position, secret: string): unknown {
  if (as === 'base64') return Buffer.from(secret).toString('base64');
  return as === 'json' ? (JSON.parse(secret) as unknown) : secret;
}

/** Everything that leaves the gateway. */
const channels = (gateway: TestGateway, answer: Answer): Readonly<Record<string, string>> => ({
  answer: answer.text,
  headers: JSON.stringify([...answer.headers]),
  log: gateway.log.join('\n'),
});

function expectNoCanary(gateway: TestGateway, answer: Answer, canary: Canary): void {
  for (const [channel, text] of Object.entries(channels(gateway, answer))) {
    expect(findCanary(text, [canary]), `a secret in the ${channel}`).toBeUndefined();
  }
}

/** What stands at a position of what was posted: in the JSON of the create, or in a part of the files that follow it. */
function arrivedAt([created, files]: readonly RecordedRequest[], wire: string): unknown {
  if (!wire.startsWith('file:')) return get(JSON.parse(created?.body ?? '{}'), wire);
  const part = new RegExp(`name="${wire.slice('file:'.length)}"[^]*?\r\n\r\n([^]*?)\r\n--`);
  return files?.path.endsWith('/files') ? part.exec(files.body)?.[1] : undefined;
}

const named = POSITIONS.map((position) => [`${position.vendor}: ${position.field}`, position] as const);

describe('a secret at create, the vendor doing as it does', () => {
  let gateway: TestGateway;
  beforeAll(async () => {
    gateway = await startTestGateway();
  });
  afterAll(() => gateway.close());

  it.each(named)('%s arrives at the documented place and comes out nowhere', async (_name, position) => {
    await gateway.reset(position.vendor);
    await gateway.ask('{ connections { totalCount } }'); // a reset Looker wants a new login first
    const canary = makeCanary();
    const secret = secretOf(position, canary);
    const answer = await gateway.ask(CREATE, { input: inputWith(position, secret) });

    expect(answer.data?.createConnection.__typename, answer.text).toBe('CreateConnectionSuccess');
    expect(answer.data.createConnection.warnings).toEqual([]);
    expectNoCanary(gateway, answer, canary);
    const listed = await gateway.ask('{ connections(first: 200) { nodes { name secrets { path status } } } }');
    expect(listed.errors).toBeUndefined();
    expectNoCanary(gateway, listed, canary);

    const posts = (await gateway.received(position.vendor)).filter(({ method }) => method === 'POST');
    expect(arrivedAt(posts, position.wire)).toEqual(asWritten(position, secret));
    expect(posts).toHaveLength(position.wire.startsWith('file:') ? 2 : 1);
    const told = answer.data.createConnection.connection.secrets as { path: string[]; status: string }[];
    expect(told.find(({ path }) => path.join('.') === position.field)?.status).toBe('SET');
  });
});

/** Answers every create with the request thrown back in each place where a vendor puts words. */
function echo(
  status: number,
  request: SandboxRequest,
): { status: number; headers: Record<string, string>; body: unknown } {
  const raw = request.body.toString();
  const spelled = [
    raw,
    JSON.stringify(raw),
    encodeURIComponent(raw),
    Buffer.from(raw).toString('base64'),
    raw.slice(7),
  ];
  const words = `Bad Request: host: ${spelled.join(' ')}`;
  const sent = request.headers['content-type']?.startsWith('application/json') ? (JSON.parse(raw || '{}') as Tree) : {};
  return {
    status,
    headers: { 'x-echo': encodeURIComponent(raw).slice(0, 4000), 'retry-after': '1' },
    body: {
      ...sent,
      id: 7,
      success: status < 300,
      data: '5b0e6d5c-9d9b-4f4e-8f0d-3f8d1b2a4c6e',
      message: words,
      detail: words,
      error: words,
      code: raw,
      reason: raw,
      errors: [{ field: raw, code: raw, message: raw, path: raw }],
    },
  };
}

describe('a secret at create, the vendor echoing it in every way', () => {
  let status = 200;
  let hostile: SandboxServer;
  let gateway: TestGateway;

  beforeAll(async () => {
    hostile = await startSandboxServer(
      () => (request) =>
        request.path.endsWith('/login')
          ? { status: 200, body: { access_token: 'token', token_type: 'Bearer', expires_in: 3600 } }
          : echo(request.method === 'GET' ? 404 : status, request),
      0,
    );
    gateway = await startTestGateway({
      instances: (sandbox) =>
        sandbox.map((one) => ({ ...one, baseUrl: hostile.origin + new URL(one.baseUrl).pathname.replace(/\/$/, '') })),
    });
  });
  afterAll(async () => {
    await gateway.close();
    await hostile.close();
  });

  describe.each([200, 201, 302, 400, 401, 403, 404, 409, 413, 422, 429, 500, 502, 503])(
    'with status %i',
    (answered) => {
      beforeEach(() => {
        status = answered;
      });
      it.each(named)('%s comes out nowhere', async (_name, position) => {
        const canary = makeCanary();
        const answer = await gateway.ask(CREATE, { input: inputWith(position, secretOf(position, canary)) });
        expect(answer.errors, answer.text).toBeUndefined();
        expect(answer.data.createConnection.__typename).toMatch(/^(CreateConnectionSuccess|\w+Error)$/);
        expectNoCanary(gateway, answer, canary);
      });
    },
  );
});

describe('a secret at create, the caller making a mistake beside it', () => {
  let gateway: TestGateway;
  beforeAll(async () => {
    gateway = await startTestGateway();
  });
  afterAll(() => gateway.close());

  it.each(named)('%s is not quoted', async (_name, position) => {
    const canary = makeCanary();
    const secret = secretOf(position, canary);
    const group = position.field.split('.').slice(0, -1).join('.');
    const inputs = [
      ['nope', 1],
      [`${group}.nope`, 1],
      [position.field, [secret]],
      [position.field, { value: secret }],
      [`config.${position.dialect}`, secret],
      ['config.toString', {}],
      ['instance', 'no-such-instance'],
      ['name', ''],
      ['name', null],
    ] as const;
    for (const [path, value] of inputs) {
      const input = inputWith(position, secret);
      put(input, path, value);
      const answer = await gateway.ask(CREATE, { input });
      expect(answer.data?.createConnection?.__typename ?? 'refused').not.toBe('CreateConnectionSuccess');
      expectNoCanary(gateway, answer, canary);
    }
    expect(await gateway.received(position.vendor)).toEqual([]);
  });
});

/** Every field of an input type, groups opened, that takes a secret. */
function secretFields(type: GraphQLInputObjectType, prefix = ''): string[] {
  return Object.values(type.getFields()).flatMap(({ name, type: fieldType }) => {
    const inner = getNamedType(fieldType);
    const step = isListType(getNullableType(fieldType)) ? `${name}.0` : name;
    if (isInputObjectType(inner)) return secretFields(inner, `${prefix}${step}.`);
    return inner.name === 'SecretString' ? [prefix + name] : [];
  });
}

describe('the list of positions', () => {
  const schema = createSchema({ vendors, dialects });
  const input = schema.getType('CreateConnectionInput') as GraphQLInputObjectType;
  let gateway: TestGateway;
  beforeAll(async () => {
    gateway = await startTestGateway();
  });
  afterAll(() => gateway.close());

  it('knows every write-only field of every cell: any other is refused by the vendor that it is given to', async () => {
    const fields = secretFields(input).map((field) => field.replace(/^input\./, ''));
    expect(fields.length).toBeGreaterThan(20);
    const unknown: string[] = [];
    for (const [cell, base] of Object.entries(BASES)) {
      const [vendor = '', dialect = ''] = cell.split(' ');
      for (const field of fields.filter((one) => one.startsWith(`config.${dialect}.`))) {
        if (POSITIONS.some((one) => one.vendor === vendor && one.field === field)) continue;
        const wrong: Tree = { instance: vendor, name: 'canary_cage', config: { [dialect]: structuredClone(base) } };
        // Of the kinds that can be attached to a DuckDB one alone may be given.
        const source = /^(config\.duckdb\.attached\.0\.source)\./.exec(field)?.[1];
        if (source) put(wrong, source, {});
        put(wrong, field, '{"key": "is JSON, so that its form is right"}');
        const { data } = await gateway.ask(CREATE, { input: wrong });
        const issues = (data.createConnection.issues ?? []) as { path: string[]; code: string }[];
        const isRefused = issues.some(
          ({ path, code }) => code === 'NOT_ALLOWED' && path.join('.') === `input.${field}`,
        );
        if (!isRefused) unknown.push(`${cell}: ${field}`);
      }
    }
    expect(unknown).toEqual([]);
    const optionFields = fields.filter((one) => one.startsWith('options.'));
    expect(optionFields.filter((field) => !POSITIONS.some((one) => one.field === field))).toEqual([]);
  });
});

/** A gateway whose vendors hand on what they must not: only a test can compose it. */
function leakyGateway(leak: (created: Written, secret: string) => Written): Promise<TestGateway> {
  const leaky = vendors.map((vendor) => ({
    ...vendor,
    connect: (place: Parameters<typeof vendor.connect>[0]) => {
      const api = vendor.connect(place);
      return {
        ...api,
        create: async (...[draft, call]: Parameters<NonNullable<typeof api.create>>) => {
          const secret = Object.values(draft.config).find((value) => value instanceof Secret);
          return leak(await api.create!(draft, call), secret?.reveal() ?? '');
        },
      };
    },
  }));
  return startTestGateway({ createGateway: { vendors: leaky } });
}

describe('a bug of ours', () => {
  it('that gives a secret where the schema wants another type is not quoted', async () => {
    const gateway = await leakyGateway((created, secret) => {
      const name = { secret } as unknown as string;
      return { ...created, connection: { ...created.connection, name } };
    });
    const canary = makeCanary();
    const [position] = POSITIONS as [Position];
    const answer = await gateway.ask(CREATE, { input: inputWith(position, secretOf(position, canary)) });
    expect(answer.errors).toMatchObject([{ extensions: { code: 'INTERNAL_SERVER_ERROR' } }]);
    expectNoCanary(gateway, answer, canary);
    await gateway.close();
  });
});

describe('without the masking', () => {
  const position = POSITIONS[0] as Position;

  const leaks = {
    'a settings field': (created, secret) => ({
      ...created,
      connection: { ...created.connection, config: { ...created.connection.config, username: secret } },
    }),
    'a warning': (created, secret) => ({
      ...created,
      warnings: [{ path: null, code: 'READ_BACK_FAILED', message: `base64 ${Buffer.from(secret).toString('base64')}` }],
    }),
    'an error': (_created, secret) => {
      throw new PermissionError(`no ${secret.slice(2, 9)}`);
    },
  } satisfies Record<string, (created: Written, secret: string) => Written>;

  it.each(Object.entries(leaks))('the search finds a secret in %s', async (_name, leak) => {
    const gateway = await leakyGateway(leak);
    const canary = makeCanary();
    const answer = await gateway.ask(CREATE, { input: inputWith(position, secretOf(position, canary)) });
    expect(findCanary(channels(gateway, answer)['answer'] ?? '', [canary])).toEqual(canary);
    await gateway.close();
  });

  it.each([
    ['plain', (text: string) => text],
    ['upper case', (text: string) => text.toUpperCase()],
    ['base64', (text: string) => Buffer.from(text).toString('base64')],
    ['hex', (text: string) => Buffer.from(text).toString('hex')],
    ['reversed', reversed],
    ['a piece of six characters', (text: string) => text.slice(5, 11)],
  ])('the search finds a secret written in %s', (_name, spell) => {
    const canary = makeCanary();
    expect(findCanary(`before ${spell(canary.core)} after`, [canary])).toEqual(canary);
    expect(findCanary('before and after', [canary])).toBeUndefined();
  });
});
