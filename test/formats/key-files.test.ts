// JSON key files of service accounts, in the forms in which callers send them. The document reaches every vendor as it was downloaded,
// however it was wrapped. Anything else is refused, and the message names what it is.
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { create } from '../support/create-connection.ts';
import { startTestGateway, type TestGateway, type VendorName } from '../support/gateway.ts';
import { CERTIFICATE, ENCRYPTED_KEY, KEY_IN_JSON, PRIVATE_KEY, PUBLIC_KEY } from '../support/keys.ts';

type Values = Readonly<Record<string, unknown>>;

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startTestGateway();
});
afterEach(() => gateway.resetAll());
afterAll(() => gateway.close());

const base64 = (text: string) => Buffer.from(text).toString('base64');

const EMAIL = 'bi@acme-web.iam.gserviceaccount.com';
const KEY = `{"type":"service_account","project_id":"acme-web","private_key_id":"key-secret-1","private_key":${KEY_IN_JSON},"client_email":"${EMAIL}"}`;
const DOCUMENT = {
  type: 'service_account',
  project_id: 'acme-web',
  private_key_id: 'key-secret-1',
  private_key: PRIVATE_KEY,
  client_email: EMAIL,
};

interface Place {
  readonly instance: VendorName;
  readonly config: (serviceAccountKey: string) => Values;
  readonly path: readonly string[];
  /** Returns the document that reached the vendor. */
  readonly sent: (body: Values) => unknown;
}

const parsed = (text: unknown): unknown => JSON.parse(String(text));

const PLACES: readonly Place[] = [
  {
    instance: 'looker',
    config: (serviceAccountKey) => ({ bigquery: { projectId: 'acme-web', dataset: 'events', serviceAccountKey } }),
    path: ['input', 'config', 'bigquery', 'serviceAccountKey'],
    sent: ({ certificate }) => parsed(Buffer.from(String(certificate), 'base64')),
  },
  {
    instance: 'omni',
    config: (serviceAccountKey) => ({ bigquery: { location: 'us', serviceAccountKey } }),
    path: ['input', 'config', 'bigquery', 'serviceAccountKey'],
    sent: ({ passwordUnencrypted }) => parsed(passwordUnencrypted),
  },
  {
    instance: 'credible',
    config: (serviceAccountKey) => ({ bigquery: { serviceAccountKey } }),
    path: ['input', 'config', 'bigquery', 'serviceAccountKey'],
    sent: ({ bigqueryConnection }) => parsed((bigqueryConnection as Values)['serviceAccountKeyJson']),
  },
  {
    instance: 'credible',
    config: (serviceAccountKey) => ({
      duckdb: { attached: [{ name: 'a', source: { bigquery: { serviceAccountKey } } }] },
    }),
    path: ['input', 'config', 'duckdb', 'attached', '0', 'source', 'bigquery', 'serviceAccountKey'],
    sent: ({ duckdbConnection }) => {
      const [attached] = (duckdbConnection as { attachedDatabases: [{ bigqueryConnection: Values }] })
        .attachedDatabases;
      return parsed(attached.bigqueryConnection['serviceAccountKeyJson']);
    },
  },
  {
    instance: 'chartbrew',
    config: (serviceAccountKey) => ({ firestore: { serviceAccountKey } }),
    path: ['input', 'config', 'firestore', 'serviceAccountKey'],
    sent: ({ firebaseServiceAccount }) => firebaseServiceAccount,
  },
  {
    instance: 'chartbrew',
    config: (serviceAccountKey) => ({ realtimeDb: { serviceAccountKey } }),
    path: ['input', 'config', 'realtimeDb', 'serviceAccountKey'],
    sent: ({ firebaseServiceAccount }) => firebaseServiceAccount,
  },
];

async function send({ instance, config, sent }: Place, text: string) {
  await gateway.reset(instance);
  const { result, text: answer } = await create(gateway, { instance, name: 'one', config: config(text) });
  expect(answer).not.toContain('key-secret-1');
  const [body] = (await gateway.posted(instance)) as (Values | undefined)[];
  return { result, document: body && sent(body) };
}

describe('A key file in this form reaches every vendor as its JSON document', () => {
  it.each([
    ['plain text', KEY],
    ['followed by a line break', `${KEY}\n`],
    ['after a byte-order mark', `\ufeff${KEY}`],
    ['in several lines', JSON.stringify(DOCUMENT, null, 2)],
    ['in several lines with CRLF', JSON.stringify(DOCUMENT, null, 2).replaceAll('\n', '\r\n')],
    ['base64', base64(KEY)],
    [
      'base64 of several lines, in several lines',
      base64(JSON.stringify(DOCUMENT, null, 2)).replaceAll(/.{76}/g, '$&\n'),
    ],
    ['URL-safe base64', Buffer.from(KEY).toString('base64url')],
    ['base64 of base64', base64(base64(KEY))],
    ['base64 after a byte-order mark', base64(`\ufeff${KEY}`)],
    ['a JSON string', JSON.stringify(KEY)],
    ['with doubly escaped line breaks in its private key', KEY.replaceAll('\\n', '\\\\n')],
    ['with line breaks in place of \\n in its private key, as a shell makes them', KEY.replaceAll('\\n', '\n')],
    [
      'with its private key on one line',
      JSON.stringify({ ...DOCUMENT, private_key: PRIVATE_KEY.trim().replaceAll('\n', ' ') }),
    ],
    ['with its private key in base64', JSON.stringify({ ...DOCUMENT, private_key: base64(PRIVATE_KEY) })],
    [
      'with a private key without its last line break',
      JSON.stringify({ ...DOCUMENT, private_key: PRIVATE_KEY.trim() }),
    ],
  ])('%s', async (how, text) => {
    const document = how.startsWith('with a private key without')
      ? { ...DOCUMENT, private_key: PRIVATE_KEY.trim() }
      : DOCUMENT;
    for (const place of PLACES) {
      const sent = await send(place, text);
      expect(sent.result).toMatchObject({ __typename: 'CreateConnectionSuccess', warnings: [] });
      expect(sent.document).toEqual(document);
    }
  });
});

const WHOLE = 'Must be the whole JSON document of a service account key.';

describe('A value that is not a key file is refused before any call, and the message names what it is', () => {
  it.each([
    ['a path', '/secrets/bq.json', `This is the path of a file; send the content of the file. ${WHOLE}`],
    [
      'the name of a file',
      'service-account.json',
      `This is the path of a file; send the content of the file. ${WHOLE}`,
    ],
    ['a private key', PRIVATE_KEY, `This is PEM text. ${WHOLE}`],
    ['a private key in base64', base64(PRIVATE_KEY), `This is PEM text. ${WHOLE}`],
    ['a list', '["key-secret-1"]', WHOLE],
    ['a dictionary of Python', "{'type': 'service_account', 'private_key': 'key-secret-1'}", WHOLE],
    ['a truncated key file', KEY.slice(0, 80), WHOLE],
    ['an API key', 'AIzaSyD-key-secret-1', WHOLE],
    [
      'a key file with a path in place of its private key',
      '{"type":"service_account","private_key":"/etc/keys/bq.pem","client_email":"bi@acme.example"}',
      'Its private_key is the path of a file; send the document as it was downloaded.',
    ],
    [
      'a key file with a public key in place of its private key',
      JSON.stringify({ ...DOCUMENT, private_key: PUBLIC_KEY }),
      'Its private_key is not a private key; send the document as it was downloaded.',
    ],
    [
      'a key file with a certificate in place of its private key',
      JSON.stringify({ ...DOCUMENT, private_key: CERTIFICATE }),
      'Its private_key is not a private key; send the document as it was downloaded.',
    ],
  ])('%s', async (_what, text, message) => {
    for (const place of PLACES) {
      const { result, document } = await send(place, text);
      expect(result.issues).toMatchObject([{ path: place.path, code: 'INVALID', message, source: 'GATEWAY' }]);
      expect(document).toBeUndefined();
    }
  });
});

describe('A key file whose private key cannot be read is sent with a warning', () => {
  it.each([
    ['the private key is not PEM text', 'key-secret-1'],
    ['the private key is damaged', '-----BEGIN PRIVATE KEY-----\nkey-secret-1\n-----END PRIVATE KEY-----\n'],
    ['the private key is encrypted', ENCRYPTED_KEY],
  ])('%s', async (_what, key) => {
    for (const place of PLACES) {
      const text = JSON.stringify({ ...DOCUMENT, private_key: key });
      const { result, document } = await send(place, text);
      expect(result.warnings).toEqual([
        {
          path: place.path,
          code: 'VALUE_DOUBTFUL',
          message: 'Its private_key cannot be read as a private key without a passphrase; it may be damaged.',
        },
      ]);
      expect(document).toMatchObject({ private_key: key });
    }
  });
});

const NO_KEY = 'It has no private_key, without which nobody can sign in; send the document as it was downloaded.';
const NO_ACCOUNT = 'It has no client_email, which names the account; send the document as it was downloaded.';

describe('A key file that lacks its private key or its account is sent with a warning', () => {
  it.each([
    ['an empty document', '{}', [NO_KEY, NO_ACCOUNT]],
    ['a document with a type alone', '{"type":"service_account"}', [NO_KEY, NO_ACCOUNT]],
    ['a document without a private key', JSON.stringify({ ...DOCUMENT, private_key: undefined }), [NO_KEY]],
    ['a document with an empty private key', JSON.stringify({ ...DOCUMENT, private_key: ' ' }), [NO_KEY]],
    ['a document without an account', JSON.stringify({ ...DOCUMENT, client_email: undefined }), [NO_ACCOUNT]],
  ])('%s', async (_what, text, messages) => {
    // Looker and Omni refuse these documents themselves.
    for (const place of PLACES.filter(({ instance }) => instance === 'credible' || instance === 'chartbrew')) {
      const { result } = await send(place, text);
      expect(result.warnings).toEqual(
        messages.map((message) => ({ path: place.path, code: 'VALUE_DOUBTFUL', message })),
      );
    }
  });
});
