// Rotations of a secret through a gateway, in connections of several vendors.
import { expect, it } from 'vitest';
import type { GatewayName } from '../supergraph.ts';
import type { SupergraphClient } from './send-queries.ts';

const ROTATE = `mutation ($input: ~RotateConnectionSecretInput!) { rotateConnectionSecret(input: $input) {
  __typename
  ... on ~RotateConnectionSecretSuccess { rotation {
    outcomes {
      id status connection { name owner { name } }
      result { __typename ... on ~UpdateConnectionSuccess { connection { id } warnings { code } } }
      verification { outcome } error { __typename }
    }
    remaining { name owner { name } } unsearchable { key }
  } }
  ... on ~Error { message }
} }`;

const SHOP = { host: 'shop-db.acme.example', username: 'shop_ro' };
const CREDIBLE_SHOP = 'djE6YzpjcmVkaWJsZTpzaG9wX215c3Fs';
const CHARTBREW_SHOP = 'djE6YzpjaGFydGJyZXc6MTY';
const COMMERCE = { name: 'Commerce' };

export function rotations(client: SupergraphClient, gateway: GatewayName): void {
  const input = { connections: { match: SHOP }, field: 'PASSWORD', secret: 'pw-secret-2' };

  it('a rotation is planned through a gateway', async () => {
    const { data } = await client.askBoth(gateway, ROTATE, { input: { ...input, dryRun: true } });
    const plan = { status: 'PLANNED', result: null, verification: null, error: null };
    expect(data.rotateConnectionSecret).toEqual({
      __typename: client.type('RotateConnectionSecretSuccess'),
      rotation: {
        outcomes: [
          { id: CREDIBLE_SHOP, connection: { name: 'shop_mysql', owner: COMMERCE }, ...plan },
          { id: CHARTBREW_SHOP, connection: { name: 'Shop', owner: COMMERCE }, ...plan },
        ],
        remaining: [
          { name: 'shop_mysql', owner: COMMERCE },
          { name: 'Shop', owner: COMMERCE },
        ],
        unsearchable: [{ key: 'omni' }],
      },
    });
    const { patchbay } = client.supergraph();
    expect((await patchbay.received('chartbrew')).filter(({ method }) => method !== 'GET')).toEqual([]);
    expect((await patchbay.received('credible')).filter(({ method }) => method !== 'GET')).toEqual([]);
  });

  it('a secret is rotated through a gateway', async () => {
    const answer = await client.askBoth(gateway, ROTATE, { input });
    const done = (id: string) => ({
      id,
      status: 'DONE',
      result: { __typename: client.type('UpdateConnectionSuccess'), connection: { id }, warnings: [] },
      verification: { outcome: 'PASSED' },
      error: null,
    });
    expect(answer.data.rotateConnectionSecret).toEqual({
      __typename: client.type('RotateConnectionSecretSuccess'),
      rotation: {
        outcomes: [
          { connection: { name: 'shop_mysql', owner: COMMERCE }, ...done(CREDIBLE_SHOP) },
          { connection: { name: 'Shop', owner: COMMERCE }, ...done(CHARTBREW_SHOP) },
        ],
        remaining: [],
        unsearchable: [{ key: 'omni' }],
      },
    });
    const { patchbay } = client.supergraph();
    const written = (await patchbay.received('chartbrew')).find(({ method }) => method === 'PUT');
    expect(JSON.parse(written?.body ?? '')).toEqual({ password: 'pw-secret-2' });
    for (const text of [JSON.stringify(answer), patchbay.log.join('')]) expect(text).not.toMatch(/secret-\d/);
  });
}
