// The gateway as a federation subgraph: the schema that it publishes, and its composition with another subgraph by two composers.
import { readFile } from 'node:fs/promises';
import { composeServices as composeByGuild } from '@theguild/federation-composition';
import { composeServices as composeByApollo } from '@apollo/composition';
import { buildSchema, isSpecifiedScalarType, parse, print, type GraphQLObjectType, type GraphQLSchema } from 'graphql';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { everyNth } from '../support/exhaustive.ts';
import { startTestGateway, type TestGateway } from '../support/gateway.ts';

const SERVICE = '{ _service { sdl } }';
const PREFIXED = { federation: { typePrefix: 'Patchbay' } };

/** What a company has beside its warehouses: who answers for them. */
const TEAMS = `
  extend schema @link(url: "https://specs.apollo.dev/federation/v2.0", import: ["@key", "@shareable"])
  type Query { teams: [Team!]! }
  type Team @key(fields: "name") { name: ID!  connections: [Connection!]! }
  type Connection @key(fields: "id") { id: ID!  owner: Team }
  type PageInfo @shareable { hasNextPage: Boolean! }
`;

/** One with the commonest names there are. */
const COLLIDING = `
  extend schema @link(url: "https://specs.apollo.dev/federation/v2.0", import: ["@key"])
  type Query { problems: [ValidationError!]!  vendors2: [Vendor!]! }
  interface Error { code: Int! }
  type ValidationError implements Error { code: Int!  warnings: [Warning!]! }
  type Warning { text: String! }
  type Vendor { name: String! }
  type Connection @key(fields: "id") { id: ID!  vendorOfRecord: Vendor }
`;

const composers = {
  '@apollo/composition': (services: Record<string, string>) => {
    const { errors = [], supergraphSdl } = composeByApollo(
      Object.entries(services).map(([name, sdl]) => ({ name, typeDefs: parse(sdl) })),
    );
    return { errors: errors.map(({ message }) => message), supergraphSdl };
  },
  '@theguild/federation-composition': (services: Record<string, string>) => {
    const result = composeByGuild(Object.entries(services).map(([name, sdl]) => ({ name, typeDefs: parse(sdl) })));
    return { errors: (result.errors ?? []).map(({ message }) => message), supergraphSdl: result.supergraphSdl };
  },
};

const fieldsOf = (schema: GraphQLSchema, type: string): string[] =>
  Object.keys((schema.getType(type) as GraphQLObjectType).getFields());

/** What a document defines, whatever the prefix and the order. */
const definitions = (sdl: string): string[] =>
  parse(sdl.replaceAll('Patchbay', ''))
    .definitions.map((one) => print(one))
    .toSorted();

describe('the subgraph', () => {
  let gateway: TestGateway;
  let prefixed: TestGateway;
  let sdl: string;
  let prefixedSdl: string;
  beforeAll(async () => {
    [gateway, prefixed] = await Promise.all([startTestGateway(), startTestGateway(PREFIXED)]);
    sdl = (await gateway.ask(SERVICE)).data._service.sdl as string;
    prefixedSdl = (await prefixed.ask(SERVICE)).data._service.sdl as string;
  });
  afterAll(async () => {
    await gateway.close();
    await prefixed.close();
  });

  it('the subgraph schema is schema/subgraph.graphql; see npm run generate', async () => {
    expect(sdl).toBe(await readFile(new URL('../../schema/subgraph.graphql', import.meta.url), 'utf8'));
  });

  it('the subgraph schema has entities with keys, a shareable PageInfo and a link to Federation 2', () => {
    const lines = sdl.split('\n');
    expect(lines[0]).toBe(
      'extend schema @link(url: "https://specs.apollo.dev/federation/v2.0", import: ["@key", "@shareable"])',
    );
    expect(lines.filter((line) => /^type .* @/.test(line))).toEqual([
      'type Connection @key(fields: "id") {',
      'type PageInfo @shareable {',
      'type VendorInstance @key(fields: "id") {',
    ]);
  });

  it('the subgraph schema omits what the supergraph defines', () => {
    expect(sdl).not.toMatch(/@oneOf|^\w+ (_\w+|Node)\b|^ {2}(_\w+|nodes?)\(|implements Node\b/m);
    expect(sdl).toContain('\n  connections(');
    expect(sdl).toContain('\n  createConnection(');
  });

  it('the endpoint for clients has all fields of the subgraph, and also node, nodes and viewer', async () => {
    const { data } = await gateway.ask('{ __schema { queryType { fields { name } } } }');
    expect(data.__schema.queryType.fields.map(({ name }: { name: string }) => name).toSorted()).toEqual([
      '_entities',
      '_service',
      'audit',
      'connection',
      'connections',
      'dialect',
      'dialects',
      'node',
      'nodes',
      'operation',
      'vendorInstance',
      'vendors',
      'viewer',
    ]);
  });

  describe.each(everyNth(Object.entries(composers), 2))('the subgraph schema, composed by %s', (_name, compose) => {
    it('the root fields have @authenticated where the configuration asks for it, and compose', async () => {
      const guarded = await startTestGateway({ federation: { authenticated: true } });
      onTestFinished(() => guarded.close());
      const { data } = await guarded.ask('{ _service { sdl } }');
      const withDirective = String(data._service.sdl);
      expect(withDirective).toContain('https://specs.apollo.dev/federation/v2.5');
      expect(withDirective.match(/@authenticated$/gm)).toHaveLength(15);
      expect(sdl).not.toContain('@authenticated');
      const { errors, supergraphSdl } = compose({ patchbay: withDirective, teams: TEAMS });
      expect(errors).toEqual([]);
      expect(supergraphSdl).toMatch(
        /createConnection\([^)]*\): CreateConnectionResult! @(?:join__field\(graph: PATCHBAY\) @)?authenticated/,
      );
    });

    it('the subgraph composes with a subgraph that extends Connection', () => {
      const { errors, supergraphSdl } = compose({ patchbay: sdl, teams: TEAMS });
      expect(errors).toEqual([]);
      const supergraph = buildSchema(supergraphSdl ?? '', { assumeValidSDL: true });
      expect(fieldsOf(supergraph, 'Connection')).toEqual(expect.arrayContaining(['id', 'config', 'owner']));
      expect(fieldsOf(supergraph, 'Query').toSorted()).toEqual([
        'audit',
        'connection',
        'connections',
        'dialect',
        'dialects',
        'operation',
        'teams',
        'vendorInstance',
        'vendors',
      ]);
      expect(fieldsOf(supergraph, 'Mutation')).toHaveLength(7);
    });

    it('the subgraph does not compose with a subgraph whose types have the same names', () => {
      expect(compose({ patchbay: sdl, other: COLLIDING }).errors.join('\n')).toMatch(/\b(Error|Vendor)\b/);
    });

    it('the subgraph with a type prefix composes with a subgraph whose types have the same names', () => {
      const { errors, supergraphSdl } = compose({ patchbay: prefixedSdl, other: COLLIDING });
      expect(errors).toEqual([]);
      const supergraph = buildSchema(supergraphSdl ?? '', { assumeValidSDL: true });
      expect(fieldsOf(supergraph, 'Connection')).toEqual(expect.arrayContaining(['config', 'vendorOfRecord']));
      expect(fieldsOf(supergraph, 'ValidationError')).toEqual(['code', 'warnings']);
      expect(fieldsOf(supergraph, 'PatchbayValidationError')).toEqual(['issues', 'message', 'requestId']);
    });
  });

  describe('the subgraph schema with a type prefix', () => {
    it('the type prefix is on every type except Connection', () => {
      const types = Object.values(buildSchema(prefixedSdl, { assumeValidSDL: true }).getTypeMap());
      const names = types
        .filter((type) => !isSpecifiedScalarType(type) && !type.name.startsWith('__'))
        .map(({ name }) => name);
      expect(names.filter((name) => !name.startsWith('Patchbay')).toSorted()).toEqual([
        'Connection',
        'Mutation',
        'Query',
      ]);
      expect(names.length).toBeGreaterThan(150);
      expect(prefixedSdl).toContain('type PatchbayVendorInstance @key(fields: "id") {');
      expect(prefixedSdl).toContain('type PatchbayPageInfo @shareable {');
      expect(prefixedSdl).not.toMatch(/\bimplements PatchbayNode\b|interface PatchbayNode\b/);
    });

    it('the subgraph with a type prefix is otherwise the same', () => {
      expect(definitions(prefixedSdl)).toEqual(definitions(sdl));
    });

    it('the examples of GraphiQL use the type prefix', async () => {
      const explored = await startTestGateway({ ...PREFIXED, server: { graphiql: true } });
      const response = await explored.gateway.fetch(
        new Request('http://127.0.0.1/graphql', { headers: { accept: 'text/html' } }),
      );
      const page = await response.text();
      await explored.close();
      const named = Array.from(page.matchAll(/\(\$input: (\w+)!\)/g), ([, name = '']) => name);
      expect(named.toSorted()).toEqual([
        'PatchbayCreateConnectionInput',
        'PatchbayCreateConnectionsInput',
        'PatchbayDeleteConnectionInput',
        'PatchbayRotateConnectionSecretInput',
        'PatchbayTestConnectionConfigInput',
        'PatchbayTestConnectionInput',
        'PatchbayUpdateConnectionInput',
      ]);
      expect(Array.from(page.matchAll(/\.\.\. on (\w+Error)\b/g), ([, name]) => name)).not.toContain('ValidationError');
    });

    it('answers use the prefixed type names', async () => {
      const page = await prefixed.ask(`{
        connections(first: 1, filter: { vendor: [LOOKER] }) {
          __typename
          nodes { __typename config { __typename } details { __typename } ... on PatchbayNode { id } }
        }
      }`);
      expect(page.data?.connections, page.text).toEqual({
        __typename: 'PatchbayConnectionPage',
        nodes: [
          {
            __typename: 'Connection',
            config: { __typename: expect.stringMatching(/^Patchbay\w+Config$/) },
            details: { __typename: 'PatchbayLookerDetails' },
            id: expect.stringMatching(/^djE6/),
          },
        ],
      });
      const refused = await prefixed.ask(
        `mutation ($input: PatchbayCreateConnectionInput!) {
          createConnection(input: $input) { __typename ... on PatchbayValidationError { issues { path code } } }
        }`,
        { input: { instance: 'omni', name: 'x', config: { postgres: { host: 'db' } } } },
      );
      expect(refused.data?.createConnection.__typename, refused.text).toBe('PatchbayValidationError');
      const unknown = await prefixed.ask(
        `mutation ($input: PatchbayDeleteConnectionInput!) {
        deleteConnection(input: $input) { __typename ... on PatchbayError { message } } }`,
        { input: { id: 'nope' } },
      );
      expect(unknown.data?.deleteConnection.__typename, unknown.text).toBe('PatchbayNotFoundError');
    });
  });
});
