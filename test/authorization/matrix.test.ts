// Who may do what: each kind of caller at each root field. A refused request makes no vendor call, and an instance that a caller may not
// see is answered like one that is not configured.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Answer } from '../support/gateway.ts';
import { connectionIdAt, ROOT_FIELDS, UNKNOWN } from './root-fields.ts';
import { ALL_SCOPES, startGuarded, tokenOf, type GuardedGateway } from './tokens.ts';

/** A refusal in an answer: as a result, or as the code of an error. */
const REFUSED = /"__typename":"PermissionError"|"code":"(?:PERMISSION_DENIED|UNAUTHENTICATED)"/;
const PAST = '2020-01-01T00:00:00Z';

let guarded: GuardedGateway;
beforeAll(async () => {
  guarded = await startGuarded([
    { name: 'all', scopes: ALL_SCOPES },
    { name: 'expired', scopes: ALL_SCOPES, expiresAt: PAST },
    { name: 'omni-only', scopes: ALL_SCOPES.map((scope) => (/^(fed|metrics)/.test(scope) ? scope : `${scope}@omni*`)) },
    ...ALL_SCOPES.map((scope) => ({ name: `only-${scope.replace(':', '-')}`, scopes: [scope] })),
    ...ALL_SCOPES.slice(0, 6).map((scope) => ({
      name: `looker-${scope.replace(':', '-')}`,
      scopes: [`${scope}@looker`, 'federation:entities'],
    })),
  ]);
});
afterAll(async () => guarded.test.close());
beforeEach(async () => guarded.test.resetAll());

const fields = Object.entries(ROOT_FIELDS);
const guardedFields = fields.filter(([, { scope }]) => scope !== null);

/** Returns an answer without its request id, and with one name for both instances. */
const comparable = ({ status, text }: Answer): string =>
  `${status} ${text}`
    .replaceAll(/"requestId":"[^"]*"/g, '"requestId":""')
    .replaceAll(connectionIdAt(UNKNOWN), connectionIdAt('looker'))
    .replaceAll(UNKNOWN, 'looker');

it('every root field has a decision', () => {
  const { schema } = guarded.test.gateway;
  const names = [schema.getQueryType(), schema.getMutationType()].flatMap((type) =>
    Object.keys(type?.getFields() ?? {}).map((name) => `${type?.name}.${name}`),
  );
  expect(Object.keys(ROOT_FIELDS).toSorted()).toEqual(names.toSorted());
});

describe('a request without a valid credential', () => {
  it.each(fields)('%s gets 401 and makes no vendor call', async (_name, { operation }) => {
    const { query, variables } = operation('looker');
    for (const [name, challenge] of [
      [null, 'Bearer realm="patchbay"'],
      ['unknown', 'Bearer realm="patchbay", error="invalid_token"'],
      ['expired', 'Bearer realm="patchbay", error="invalid_token"'],
    ] as const) {
      const answer = await guarded.askAs(name, query, variables);
      expect(answer.status).toBe(401);
      expect(answer.headers.get('www-authenticate')).toBe(challenge);
      expect(answer.errors?.[0]?.extensions['code']).toBe('UNAUTHENTICATED');
      expect(answer.data).toBeUndefined();
    }
    expect(await guarded.vendorCalls()).toBe(0);
  });
});

describe('a caller with all scopes', () => {
  it.each(fields)('%s is not refused', async (_name, { operation }) => {
    const { query, variables } = operation('looker');
    const answer = await guarded.askAs('all', query, variables);
    expect(answer.status).toBe(200);
    expect(answer.text).not.toMatch(REFUSED);
    expect(answer.text).not.toContain('GRAPHQL_VALIDATION_FAILED');
  });
});

describe('a caller with one scope for Looker', () => {
  const scopes = ALL_SCOPES.slice(0, 6);
  it.each(scopes.flatMap((scope) => guardedFields.map(([name, field]) => [scope, name, field] as const)))(
    'with %s, %s is allowed or names the missing scope',
    async (scope, _name, { scope: needed, operation }) => {
      const { query, variables } = operation('looker');
      const answer = await guarded.askAs(`looker-${scope.replace(':', '-')}`, query, variables);
      expect(answer.status).toBe(200);
      const refusals = [...answer.text.matchAll(/"missingScope":"([^"]*)"/g)].map(([, missing]) => missing);
      // A rotation also reads.
      const alsoNeeded = needed === 'secrets:rotate' && scope === 'secrets:rotate' ? ['connections:read'] : [];
      const missing = needed === scope ? alsoNeeded : [needed];
      expect([...new Set(refusals)]).toEqual(missing);
      const calls = await guarded.vendorCalls();
      expect(missing.length > 0 ? calls : 0).toBe(0);
    },
  );
});

describe('a router', () => {
  const entities = `{ _entities(representations: [{ __typename: "Connection", id: "${connectionIdAt('looker')}" }]) { __typename } }`;
  it.each([
    ['_service', '{ _service { sdl } }'],
    ['_entities', entities],
  ])('%s needs the scope of a router, in the token of the caller or of the router', async (_name, query) => {
    const refused = await guarded.askAs('only-connections-read', query);
    expect(refused.errors?.[0]?.extensions).toMatchObject({
      code: 'PERMISSION_DENIED',
      missingScope: 'federation:entities',
    });
    expect(await guarded.vendorCalls()).toBe(0);
    const headers = {
      authorization: `Bearer ${tokenOf('only-connections-read')}`,
      'patchbay-router-token': tokenOf('only-federation-entities'),
    };
    const { errors, data } = await guarded.test.ask(query, {}, headers);
    expect(errors).toBeUndefined();
    expect(JSON.stringify(data)).toMatch(/"sdl":"extend schema|"__typename":"Connection"/);
  });

  it('the token of a router gives its caller no other right, and an unknown one is refused', async () => {
    const authorization = `Bearer ${tokenOf('omni-only')}`;
    const asRouter = async (token: string) =>
      guarded.test.ask(entities, {}, { authorization, 'patchbay-router-token': token });
    expect((await asRouter(tokenOf('all'))).data).toEqual({ _entities: [null] });
    expect((await asRouter('pbt_unknown')).status).toBe(401);
    expect(await guarded.vendorCalls()).toBe(0);
  });
});

describe('a caller who may not see Looker', () => {
  it.each(fields)('%s answers for Looker as for an instance that is not configured', async (_name, { operation }) => {
    const [hidden, unknown] = await Promise.all(
      ['looker', UNKNOWN].map(async (instance) => {
        const { query, variables } = operation(instance);
        return guarded.askAs('omni-only', query, variables);
      }),
    );
    expect(comparable(hidden as Answer)).toBe(comparable(unknown as Answer));
    expect(await guarded.vendorCalls()).toBe(0);
  });

  it('no list, catalogue or count has it', async () => {
    const { data } = await guarded.askAs(
      'omni-only',
      `{ connections(first: 200) { totalCount nodes { instance { key } } sources { instance { key } } }
         vendors { vendor instances { key } } dialects(filter: { instance: "omni" }) { dialect } viewer { name scopes } }`,
    );
    expect(data.connections.totalCount).toBe(11);
    expect(data.connections.sources).toEqual([{ instance: { key: 'omni' } }]);
    expect(new Set(data.connections.nodes.map((node: { instance: { key: string } }) => node.instance.key))).toEqual(
      new Set(['omni']),
    );
    expect(data.vendors.flatMap(({ instances }: { instances: { key: string }[] }) => instances)).toEqual([
      { key: 'omni' },
    ]);
    expect(data.viewer.name).toBe('omni-only');
  });
});
