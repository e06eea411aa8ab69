// vendorMessage: the message of a vendor is shown for a create when it contains no part of a secret. It is never shown for other
// operations, because the vendor may quote stored secrets that the gateway does not know.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CREATE_MANY } from '../fan-out/create-connections.ts';
import { ROTATE } from '../rotation/rotate.ts';
import { CREATE } from '../support/create-connection.ts';
import type { VendorName } from '../support/gateway.ts';
import { DELETE, UPDATE } from './matrix/operations.ts';
import {
  globalId,
  inputFor,
  refusal,
  rowOf,
  startMessageGateways,
  VENDORS,
  WORDS,
  type MessageGateways,
  type Values,
} from './vendor-message-gateways.ts';

let gateways: MessageGateways;
beforeAll(async () => {
  gateways = await startMessageGateways();
});
afterAll(() => gateways.close());

const CHANGES: Readonly<Record<VendorName, Values>> = {
  looker: { database: 'sales' },
  omni: { password: { replace: 'pw-secret-2' } },
  credible: { database: 'sales', password: { replace: 'pw-secret-2' } },
  chartbrew: { database: 'sales' },
};

describe.each(VENDORS)('messages of %s', (vendor) => {
  it(`the message of ${vendor} is quoted when it refuses a create`, async () => {
    gateways.answer = () => refusal(vendor, WORDS);
    const result = await gateways.run(vendor, CREATE, inputFor(vendor));
    expect(result).toMatchObject({ __typename: 'ValidationError' });
    expect(result.issues.map(({ source, vendorMessage }: Values) => [source, vendorMessage])).toEqual([
      ['VENDOR', 'The host db.acme.example is out of reach.'],
    ]);
  });

  it.each([
    [403, 'PermissionError'],
    [404, 'VendorUnavailableError'],
    [500, 'OutcomeUnknownError'],
  ])(`the message of ${vendor} is quoted when a create fails with %i`, async (status, type) => {
    gateways.answer = ({ method }) =>
      method === 'POST' ? refusal(vendor, WORDS, status) : refusal(vendor, 'read: away', 404);
    const result = await gateways.run(vendor, CREATE, inputFor(vendor));
    expect(result).toMatchObject({ __typename: type, vendorStatus: status });
    expect(result.vendorMessage).toBe('The host db.acme.example is out of reach.');
  });

  it(`the message of ${vendor} is quoted for each target of a fan-out`, async () => {
    gateways.answer = () => refusal(vendor, WORDS);
    const { name, config } = inputFor(vendor);
    const result = await gateways.run(vendor, CREATE_MANY, { name, config, targets: [{ instance: vendor }] });
    expect(result.fanOut.outcomes[0].result.issues[0].vendorMessage).toBe('The host db.acme.example is out of reach.');
  });

  const leaks: readonly (readonly [string, string])[] = [
    ['a secret of the request', 'pw-secret-1'],
    ['a part of a secret in base64', 'd3B3LXNlY3Jl'],
    ["the gateway's credential", 'own-credential-42'],
    ['the gateway’s credential in capitals', 'OWN-CREDENTIAL'],
    ...(vendor === 'looker'
      ? ([
          ['its client id', 'own-client-41'],
          ['the token that it gave', 'made-token-43'],
          ['the token in hex', '6d6164652d746f6b656e'],
        ] as const)
      : []),
  ];
  it.each(leaks)(`the message of ${vendor} is not quoted when it holds %s`, async (_what, leak) => {
    const words = `The value ${leak} is out of reach.`;
    for (const status of [400, 403, 500]) {
      gateways.answer = ({ method }) =>
        method === 'POST' ? refusal(vendor, words, status) : refusal(vendor, 'away', 404);
      const result = await gateways.run(vendor, CREATE, inputFor(vendor));
      expect(result.__typename).not.toBe('CreateConnectionSuccess');
      expect(result.issues ? result.issues[0].vendorMessage : result.vendorMessage).toBeNull();
    }
  });

  it(`the answer of ${vendor} is not quoted when it is a page or has no message`, async () => {
    for (const body of ['<html>The host is out of reach.</html>', {}, { message: 7, error: ['x'], detail: {} }]) {
      gateways.answer = ({ method }) => ({ status: method === 'POST' ? 500 : 404, body });
      const result = await gateways.run(vendor, CREATE, inputFor(vendor));
      expect(result).toMatchObject({ __typename: 'OutcomeUnknownError', vendorMessage: null });
    }
  });

  it(`the message of ${vendor} is not quoted in an update`, async () => {
    for (const status of [400, 403, 500]) {
      gateways.answer = ({ method }) => (method === 'GET' ? rowOf(vendor) : refusal(vendor, WORDS, status));
      const result = await gateways.run(vendor, UPDATE, {
        id: globalId(vendor),
        config: { postgres: CHANGES[vendor] },
      });
      expect(['ValidationError', 'PermissionError', 'OutcomeUnknownError']).toContain(result.__typename);
      expect(result.issues ? result.issues[0].vendorMessage : result.vendorMessage).toBeNull();
    }
  });

  it(`the message of ${vendor} is not quoted in a delete`, async () => {
    for (const status of [403, 500]) {
      gateways.answer = ({ method }) => (method === 'GET' ? rowOf(vendor) : refusal(vendor, WORDS, status));
      const result = await gateways.run(vendor, DELETE, { id: globalId(vendor) });
      expect(result).toMatchObject({ vendorStatus: status, vendorMessage: null });
    }
  });

  it(`the message of ${vendor} is not quoted in a rotation`, async () => {
    gateways.answer = ({ method }) => (method === 'GET' ? rowOf(vendor) : refusal(vendor, WORDS, 403));
    const asked = { connections: { ids: [globalId(vendor)] }, field: 'PASSWORD', secret: 'pw-secret-2' };
    // The rows of the other vendors report too little for a test.
    for (const verification of vendor === 'credible' ? ['NONE', 'PER_SERVER'] : ['NONE']) {
      const { rotation } = await gateways.run(vendor, ROTATE, { ...asked, verification });
      const [{ result, error }] = rotation.outcomes;
      expect(result ?? error).toMatchObject({ __typename: 'PermissionError', vendorMessage: null });
    }
  });

  it(`the message of ${vendor} is not quoted in a list`, async () => {
    gateways.answer = () => refusal(vendor, WORDS, 403);
    const { data } = await gateways.gatewayOf(vendor).ask(`{ connections(filter: { instance: ["${vendor}"] }) {
      sources { error { __typename ... on VendorError { vendorMessage } } } } }`);
    expect(data.connections.sources[0].error).toMatchObject({ __typename: 'PermissionError', vendorMessage: null });
  });
});

describe('the vendorMessage of a field that the vendor names', () => {
  it.each([
    [
      'looker',
      {
        message: 'Validation Failed',
        errors: [
          { field: 'host', code: 'invalid', message: 'Host is out of reach.' },
          { field: 'port', code: 'invalid', message: 'Not pw-secret-1.' },
          { field: 'database', code: 'invalid' },
        ],
      },
      ['Host is out of reach.', null, 'Validation Failed'],
    ],
    [
      'chartbrew',
      {
        name: 'SequelizeValidationError',
        errors: [
          { path: 'host', message: 'string violation: host', value: 'x' },
          { path: 'port', message: 'cHctc2VjcmV0LTE' },
          { path: 'username' },
        ],
      },
      ['string violation: host', null, null],
    ],
  ] as const)('a field that %s refuses by name has its own vendorMessage', async (vendor, body, words) => {
    gateways.answer = () => ({ status: vendor === 'looker' ? 422 : 400, body });
    const result = await gateways.run(vendor, CREATE, inputFor(vendor));
    expect(result.issues.map(({ vendorMessage }: Values) => vendorMessage)).toEqual(words);
  });
});
