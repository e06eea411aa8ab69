// Mutations through a gateway: they reach the vendor, and their complete typed results come back without secrets.
import { expect, it } from 'vitest';
import type { GatewayName } from '../supergraph.ts';
import type { SupergraphClient } from './send-queries.ts';

const CREATE = `mutation ($input: ~CreateConnectionInput!) { createConnection(input: $input) {
  __typename
  ... on ~CreateConnectionSuccess {
    connection { id name owner { name } config { __typename ... on ~PostgresConfig { host username password { status mask } } } }
    warnings { code path }
  }
  ... on ~Error { message }
} }`;

const UPDATE = `mutation ($input: ~UpdateConnectionInput!) { updateConnection(input: $input) {
  __typename
  ... on ~ValidationError { issues { path code message source vendorCode } }
  ... on ~NotFoundError { id }
  ... on ~Error { message requestId }
} }`;

const returnsWith = (password: string) => ({
  input: {
    instance: 'looker',
    name: 'returns',
    config: { postgres: { host: 'returns-db.acme.example', database: 'returns', username: 'bi', password } },
  },
});

function creating(client: SupergraphClient, gateway: GatewayName): void {
  it('a connection is created with a secret that is not returned', async () => {
    const answer = await client.askBoth(gateway, CREATE, returnsWith('pw-secret-1'));
    expect(answer.data.createConnection).toEqual({
      __typename: client.type('CreateConnectionSuccess'),
      connection: {
        id: 'djE6Yzpsb29rZXI6cmV0dXJucw',
        name: 'returns',
        owner: null,
        config: {
          __typename: client.type('PostgresConfig'),
          host: 'returns-db.acme.example',
          username: 'bi',
          password: { status: 'SET', mask: '••••••••' },
        },
      },
      warnings: [],
    });
    const { patchbay, example } = client.supergraph();
    expect(await patchbay.posted('looker')).toContainEqual(
      expect.objectContaining({ name: 'returns', password: 'pw-secret-1' }),
    );
    expect(patchbay.log.join('')).toContain('createConnection');
    for (const text of [JSON.stringify(answer), patchbay.log.join(''), example.printed()]) {
      expect(text).not.toMatch(/secret-\d/);
    }
  });

  it('Patchbay refuses two choices of a one-of input, which the supergraph does not check', async () => {
    const { input } = returnsWith('pw-secret-1');
    const config = { ...input.config, mysql: { host: 'returns-db.acme.example', password: 'pw-secret-2' } };
    const answer = await client.ask(gateway, CREATE, { input: { ...input, config } });
    expect(answer.data).toBeNull();
    expect(answer.errors).toMatchObject([
      {
        message: expect.stringContaining('Exactly one key must be specified for OneOf type'),
        extensions: { code: 'BAD_USER_INPUT', requestId: 'a request' },
      },
    ]);
    expect(JSON.stringify(answer)).not.toMatch(/secret-\d/);
  });

  it('a secret beside a typo is not quoted', async () => {
    const { input } = returnsWith('pw-secret-1');
    const typo = { postgres: { ...input.config.postgres, pasword: 'pw-secret-2' } };
    const kind = { postgres: { ...input.config.postgres, port: 'pw-secret-3' } };
    for (const config of [typo, kind]) {
      const answer = await client.ask(gateway, CREATE, { input: { ...input, config } });
      expect(answer.data).toBeUndefined();
      expect(answer.errors).toMatchObject([{ message: 'Variable "$input" got invalid value; see its type.' }]);
      expect(JSON.stringify(answer)).not.toMatch(/secret-\d/);
    }
    expect(client.supergraph().example.printed()).not.toMatch(/secret-\d/);
  });
}

/** Patchbay refuses a secret that stands in a document; Hive's gateway has made a variable of it before. */
function writingInline(client: SupergraphClient, gateway: GatewayName): void {
  const document = `mutation { updateConnection(input: {
    id: "djE6YzpvbW5pOm5vbmU", config: { postgres: { password: { replace: "pw-secret-1" } } }
  }) { __typename } }`;
  const refusal = 'A SecretString must be sent in a variable, never written into the document.';
  const outcomes = {
    Apollo: { data: null, messages: [refusal] },
    Hive: { data: { updateConnection: { __typename: client.type('NotFoundError') } }, messages: [] },
  };

  it('a secret in a document is refused or returned, depending on how the gateway passes documents on', async () => {
    await client.reset();
    const { data, errors = [] } = await client.ask(gateway, document);
    expect({ data, messages: errors.map(({ message }) => message) }).toEqual(outcomes[gateway]);
  });
}

function updating(client: SupergraphClient, gateway: GatewayName): void {
  it('all issues of an update are returned by their paths', async () => {
    const { data } = await client.askBoth(gateway, UPDATE, {
      input: {
        id: 'djE6Yzpsb29rZXI6cHJvZHVjdGlvbl9vcmRlcnM',
        config: { postgres: { host: '', port: 70_000, password: { replace: 'pw-secret-1' } } },
      },
    });
    const common = { source: 'GATEWAY', vendorCode: null };
    expect(data.updateConnection).toEqual({
      __typename: client.type('ValidationError'),
      message: '3 values were refused.',
      requestId: 'a request',
      issues: [
        {
          path: ['input', 'config', 'postgres', 'host'],
          code: 'TOO_SHORT',
          message: 'Must not be empty. Leave the field out to provide no value.',
          ...common,
        },
        {
          path: ['input', 'config', 'postgres', 'port'],
          code: 'OUT_OF_RANGE',
          message: 'A port is 65535 or less.',
          ...common,
        },
        {
          path: ['input', 'options', 'looker', 'afterConnectStatements'],
          code: 'SECRET_NEEDED',
          message:
            'This update may send the connection to another server, and Patchbay sends no stored secret there: send the secret again, or clear it.',
          ...common,
        },
      ],
    });
  });

  it('the error for an unknown connection has its complete id', async () => {
    const { data } = await client.askBoth(gateway, UPDATE, {
      input: { id: 'djE6Yzpsb29rZXI6bm9uZQ', config: { postgres: { port: 5432 } } },
    });
    expect(data.updateConnection).toEqual({
      __typename: client.type('NotFoundError'),
      id: 'djE6Yzpsb29rZXI6bm9uZQ',
      message: 'There is no connection with this id; it may have been deleted.',
      requestId: 'a request',
    });
  });
}

export function writes(client: SupergraphClient, gateway: GatewayName): void {
  creating(client, gateway);
  writingInline(client, gateway);
  updating(client, gateway);
}
