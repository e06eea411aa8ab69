// Private keys and certificates, in the forms in which callers send them. An unambiguous one reaches every vendor as one PEM text.
// Anything else is refused, and the message names what it is. One that cannot be read is sent with a warning.
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createForUpdate, runMutation, recordSent, wireOf } from '../support/mutations.ts';
import { create, issuesOf } from '../support/create-connection.ts';
import { startTestGateway, type TestGateway, type VendorName } from '../support/gateway.ts';
import {
  CERTIFICATE,
  CERTIFICATE_REQUEST,
  ENCRYPTED_KEY,
  ENCRYPTED_OPENSSH_KEY,
  OPENSSH_KEY,
  OTHER_CERTIFICATE,
  OTHER_ENCRYPTED_KEY,
  OTHER_PRIVATE_KEY,
  PASSPHRASE,
  PKCS1_KEY,
  PKCS1_KEY_AS_PKCS8,
  PRIVATE_KEY,
  PUBLIC_KEY,
} from '../support/keys.ts';

type Values = Readonly<Record<string, unknown>>;

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startTestGateway();
});
afterEach(() => gateway.resetAll());
afterAll(() => gateway.close());

const base64 = (text: string) => Buffer.from(text).toString('base64');
const bodyOf = (pem: string) => pem.split('\n').slice(1, -2).join('');
const oneLine = (pem: string) => pem.trim().replaceAll('\n', ' ');
const form = (pem: string) => new URLSearchParams({ key: pem }).toString().slice('key='.length);

/** Spellings of a PEM text that shells, files, secret stores and forms produce. */
const spellings = (pem: string): [string, string][] => [
  ['as it is', pem],
  ['with \\n for its line breaks', pem.replaceAll('\n', '\\n')],
  ['with \\\\n for them, escaped twice', pem.replaceAll('\n', '\\\\n')],
  ['with \\r\\n for them', pem.replaceAll('\n', '\\r\\n')],
  ['with the line breaks of Windows', pem.replaceAll('\n', '\r\n')],
  ['without the last line break', pem.trim()],
  ['behind a byte-order mark', `\ufeff${pem}`],
  ['with blanks around it', `  \n${pem}\n\n `],
  ['indented', pem.replaceAll('\n', '\n    ')],
  ['on one line with blanks', oneLine(pem)],
  ['as a text of JSON', JSON.stringify(pem)],
  ['in single quotes', `'${pem.trim()}'`],
  ['assigned to a variable', `KEY="${pem.replaceAll('\n', '\\n')}"`],
  ['percent-encoded', encodeURIComponent(pem)],
  ['encoded as a form', form(pem)],
  ['as base64', base64(pem)],
  ['as base64 in lines', base64(pem).replaceAll(/.{20}/g, '$&\n')],
  ['as base64 of URLs', Buffer.from(pem).toString('base64url')],
  ['as base64 of base64', base64(base64(pem))],
  ['as base64 of its \\n form', base64(pem.replaceAll('\n', '\\n'))],
  ['as a data URL', `data:application/x-pem-file;base64,${base64(pem)}`],
  ['as its body alone', bodyOf(pem)],
  ['behind comments of a tool', `Bag Attributes\n    friendlyName: bi\nKey Attributes: <No Attributes>\n${pem}`],
];

const snowflake = { account: 'acme', warehouse: 'WH', database: 'DB', username: 'BI' };

/** Returns the Snowflake private key that reached a vendor. */
const KEY_AT: Readonly<Record<string, (body: Values) => unknown>> = {
  looker: (body) => Buffer.from(String(body['certificate']), 'base64').toString(),
  omni: (body) => body['privateKey'],
  credible: (body) => (body['snowflakeConnection'] as Values)['privateKey'],
};

const createSnowflake = (instance: string, given: Values) =>
  create(gateway, { instance, name: 'one', config: { snowflake: { ...snowflake, ...given } } });

describe('A private key of Snowflake', () => {
  it.each(spellings(PRIVATE_KEY))(
    'a private key reaches every vendor as one PEM text: %s',
    async (_how, privateKey) => {
      for (const instance of ['looker', 'omni', 'credible'] as const) {
        const { result } = await createSnowflake(instance, { privateKey });
        expect(result).toMatchObject({ __typename: 'CreateConnectionSuccess', warnings: [] });
        const [body] = (await gateway.posted(instance)) as [Values];
        expect(KEY_AT[instance]?.(body)).toBe(PRIVATE_KEY);
      }
    },
  );

  it('a private key in another format is converted to PKCS#8', async () => {
    await createSnowflake('omni', { privateKey: PKCS1_KEY });
    expect(await gateway.posted('omni')).toMatchObject([{ privateKey: PKCS1_KEY_AS_PKCS8 }]);
    await gateway.reset('omni');
    await createSnowflake('omni', { privateKey: bodyOf(PKCS1_KEY) });
    expect(await gateway.posted('omni')).toMatchObject([{ privateKey: PKCS1_KEY_AS_PKCS8 }]);
  });

  const NOT_PEM = 'Must be PEM text, from its BEGIN line to its END line.';
  const PATH = 'This is the path of a file; send the content of the file.';
  const CUT_OFF = 'It is incomplete: its BEGIN and END lines do not match, or there is nothing between them.';

  it.each([
    ['a path', '/secrets/rsa_key.p8', PATH],
    ['a path of Windows', 'C:\\keys\\rsa_key.p8', PATH],
    ['a path from home', '~/.ssh/snowflake', PATH],
    ['the name of a file', 'rsa_key.p8', PATH],
    ['a URL of a file', 'file:///etc/keys/rsa_key.p8', PATH],
    ['a file name with @, as for curl', '@rsa_key.p8', PATH],
    ['a public key', PUBLIC_KEY, 'This is a public key; send the private key that belongs to it.'],
    ['a public key in base64', base64(PUBLIC_KEY), 'This is a public key; send the private key that belongs to it.'],
    ['the body of a public key', bodyOf(PUBLIC_KEY), 'This is a public key; send the private key that belongs to it.'],
    [
      'a public key of OpenSSH',
      'ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAAAgQ bi@acme',
      'This is a public key; send the private key that belongs to it.',
    ],
    ['a certificate', CERTIFICATE, 'This is a certificate; send the private key that belongs to it.'],
    [
      'a request for a certificate',
      CERTIFICATE_REQUEST,
      'This is a certificate signing request. It is neither a key nor a certificate.',
    ],
    [
      'a key of PuTTY',
      'PuTTY-User-Key-File-3: ssh-rsa\nEncryption: none\n',
      'This is a PuTTY key; export it in the OpenSSH format (PuTTYgen: Conversions, Export OpenSSH key).',
    ],
    [
      'a key of OpenSSH',
      OPENSSH_KEY,
      'This is a key in the OpenSSH format; convert it to PKCS#8 (ssh-keygen -p -m PKCS8 -f FILE).',
    ],
    [
      'a JSON key file',
      '{"type":"service_account","project_id":"acme"}',
      'This is a JSON document; send only the PEM text.',
    ],
    ['a body that cannot be read', 'MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQC7', NOT_PEM],
    ['any other text', 'key-secret-1', NOT_PEM],
    ['a key without its end', PRIVATE_KEY.replace(/-----END.*/s, ''), CUT_OFF],
    ['a key without its beginning', PRIVATE_KEY.replace(/^.*\n/, ''), CUT_OFF],
    ['a key whose first and last line do not match', PRIVATE_KEY.replace('END PRIVATE', 'END RSA PRIVATE'), CUT_OFF],
    ['a key of its first and last line only', '-----BEGIN PRIVATE KEY-----\n-----END PRIVATE KEY-----\n', CUT_OFF],
    ['two keys', PRIVATE_KEY + OTHER_PRIVATE_KEY, 'It contains several private keys; send one.'],
    [
      'parameters',
      '-----BEGIN DH PARAMETERS-----\nMAYCAQcCAQI=\n-----END DH PARAMETERS-----\n',
      'It is PEM text, but not of the kind that this field needs.',
    ],
  ])(
    'a private key that is %s is refused before any call, and the message names what it is',
    async (_what, privateKey, message) => {
      for (const instance of ['looker', 'omni', 'credible'] as const) {
        const { result, text } = await createSnowflake(instance, { privateKey });
        expect(result.issues).toMatchObject([
          { path: ['input', 'config', 'snowflake', 'privateKey'], code: 'INVALID', message, source: 'GATEWAY' },
        ]);
        expect(text).not.toContain(privateKey.slice(0, 12));
        expect(await gateway.received(instance)).toEqual([]);
      }
    },
  );

  it('a private key that cannot be read is sent with a warning', async () => {
    const privateKey = '-----BEGIN PRIVATE KEY-----\nkey-secret-1\n-----END PRIVATE KEY-----\n';
    const { result, text } = await createSnowflake('credible', { privateKey });
    expect(result.warnings).toEqual([
      {
        path: ['input', 'config', 'snowflake', 'privateKey'],
        code: 'VALUE_DOUBTFUL',
        message:
          'It has the BEGIN and END lines of PEM text, but the text between them cannot be read; it may be damaged.',
      },
    ]);
    expect(text).not.toContain('key-secret-1');
    expect(await gateway.posted('credible')).toMatchObject([{ snowflakeConnection: { privateKey } }]);
  });

  it('a private key that comes with a certificate is sent without it, with a warning', async () => {
    const { result } = await createSnowflake('omni', { privateKey: CERTIFICATE + PRIVATE_KEY });
    expect(result.warnings).toMatchObject([
      { code: 'VALUE_DOUBTFUL', message: 'It contains more than the private key; only the key was sent.' },
    ]);
    expect(await gateway.posted('omni')).toMatchObject([{ privateKey: PRIVATE_KEY }]);
  });
});

const refusal = async (given: Values) => {
  const { result } = await createSnowflake('credible', given);
  expect(await gateway.received('credible')).toEqual([]);
  return result.issues.map(({ path, message }: { path: string[]; message: string }) => [path.at(-1), message]);
};

describe('An encrypted key', () => {
  const NEEDS = 'It is encrypted: send its passphrase in `privateKeyPassphrase`, or the key without one.';

  it.each([
    ['as PEM text', ENCRYPTED_KEY],
    ['as base64', base64(ENCRYPTED_KEY)],
    ['as its body alone', bodyOf(ENCRYPTED_KEY)],
  ])('an encrypted key is sent with the passphrase that decrypts it: %s', async (_how, privateKey) => {
    const { result } = await createSnowflake('credible', { privateKey, privateKeyPassphrase: PASSPHRASE });
    expect(result).toMatchObject({ __typename: 'CreateConnectionSuccess', warnings: [] });
    expect(await gateway.posted('credible')).toMatchObject([
      { snowflakeConnection: { privateKey: ENCRYPTED_KEY, privateKeyPass: 'pass-secret-1' } },
    ]);
  });

  it('an encrypted key without a passphrase is refused', async () => {
    expect(await refusal({ privateKey: ENCRYPTED_KEY })).toEqual([['privateKey', NEEDS]]);
  });

  it('an encrypted key with a passphrase that does not decrypt it is refused', async () => {
    expect(await refusal({ privateKey: ENCRYPTED_KEY, privateKeyPassphrase: 'pass-secret-2' })).toEqual([
      ['privateKeyPassphrase', 'It does not decrypt the private key that was sent with it.'],
    ]);
  });

  it('an encrypted key that cannot be read is sent with a warning, whatever its passphrase', async () => {
    const privateKey = ENCRYPTED_KEY.replace('MIHs', 'AAAA');
    const { result } = await createSnowflake('credible', { privateKey, privateKeyPassphrase: PASSPHRASE });
    expect(result.warnings).toMatchObject([{ path: ['input', 'config', 'snowflake', 'privateKey'] }]);
  });

  it('an encrypted key is refused where no passphrase can be sent', async () => {
    const tls = { enabled: true, key: ENCRYPTED_KEY };
    const config = { postgres: { host: 'db.acme.example', database: 'orders', username: 'bi', tls } };
    const { result } = await create(gateway, { instance: 'chartbrew', name: 'one', config });
    expect(result.issues).toMatchObject([
      {
        path: ['input', 'config', 'postgres', 'tls', 'key'],
        message: 'It is encrypted, and there is no field for its passphrase. Send the key without a passphrase.',
      },
    ]);
    const file = { certificate: { body: ENCRYPTED_KEY, fileType: 'P8' } };
    const other = await create(gateway, {
      instance: 'looker',
      name: 'one',
      config: { postgres: { host: 'db.acme.example' } },
      options: { looker: file },
    });
    expect(issuesOf(other.result)).toEqual(['input.options.looker.certificate.body INVALID']);
  });

  it('a passphrase for a key that is not encrypted gets a warning', async () => {
    const { result } = await createSnowflake('credible', {
      privateKey: PRIVATE_KEY,
      privateKeyPassphrase: 'pass-secret-1',
    });
    expect(result.warnings).toEqual([
      {
        path: ['input', 'config', 'snowflake', 'privateKeyPassphrase'],
        code: 'VALUE_DOUBTFUL',
        message: 'The private key is not encrypted, so its passphrase has no effect.',
      },
    ]);
  });

  it('an encrypted key replaces another one only with the passphrase that decrypts it', async () => {
    const config = { snowflake: { ...snowflake, privateKey: ENCRYPTED_KEY, privateKeyPassphrase: PASSPHRASE } };
    const { id } = await createForUpdate(gateway, { instance: 'credible', name: 'one', config });
    const change = (privateKeyPassphrase: string) => ({
      id,
      config: {
        snowflake: {
          privateKey: { replace: base64(OTHER_ENCRYPTED_KEY) },
          privateKeyPassphrase: { replace: privateKeyPassphrase },
        },
      },
    });
    const wrong = await recordSent(gateway, 'credible', () =>
      runMutation(gateway, 'updateConnection', change('pass-secret-2')),
    );
    expect(issuesOf(wrong.result)).toEqual(['input.config.snowflake.privateKeyPassphrase INVALID']);
    expect(wrong.sent).toEqual([]);
    const { result, sent } = await recordSent(gateway, 'credible', () =>
      runMutation(gateway, 'updateConnection', change(PASSPHRASE)),
    );
    expect(result).toMatchObject({ __typename: 'UpdateConnectionSuccess', warnings: [] });
    expect(sent[0]?.[1]).toMatchObject({ snowflakeConnection: { privateKey: OTHER_ENCRYPTED_KEY } });
  });
});

const TLS_AT = { ca: 'sslCa', certificate: 'sslCert', key: 'sslKey' } as const;
const chartbrew = (tls: Values, ssh?: Values) =>
  create(gateway, {
    instance: 'chartbrew',
    name: 'one',
    config: {
      postgres: { host: 'db.acme.example', database: 'orders', username: 'bi', tls: { enabled: true, ...tls } },
    },
    ...(ssh && {
      options: { chartbrew: { ssh: { enabled: true, host: 'ssh.acme.example', username: 'hop', ...ssh } } },
    }),
  });
const uploaded = async (): Promise<Values | undefined> => {
  const files = (await gateway.received('chartbrew')).find(({ path }) => path.endsWith('/files'));
  return files && (await wireOf(files))[1];
};

describe('A file of TLS', () => {
  it.each(spellings(CERTIFICATE).filter(([how]) => how !== 'behind comments of a tool'))(
    'a certificate is uploaded as one PEM text: %s',
    async (_how, text) => {
      const { result } = await chartbrew({ ca: text, certificate: text, key: PRIVATE_KEY });
      expect(result).toMatchObject({ __typename: 'CreateConnectionSuccess', warnings: [] });
      expect(await uploaded()).toEqual({ sslCa: CERTIFICATE, sslCert: CERTIFICATE, sslKey: PRIVATE_KEY });
    },
  );

  it('a TLS file may be a chain of certificates', async () => {
    await chartbrew({ ca: oneLine(CERTIFICATE + OTHER_CERTIFICATE) });
    expect(await uploaded()).toEqual({ sslCa: CERTIFICATE + OTHER_CERTIFICATE });
  });

  it.each([
    ['ca', PRIVATE_KEY, 'This is a private key; send the certificate.'],
    ['certificate', PRIVATE_KEY, 'This is a private key; send the certificate.'],
    ['certificate', PUBLIC_KEY, 'This is a public key; send the certificate.'],
    ['certificate', '/etc/ssl/client.crt', 'This is the path of a file; send the content of the file.'],
    ['ca', 'rds-ca.pem', 'This is the path of a file; send the content of the file.'],
    ['ca', 'pem-secret-1', 'Must be PEM text, from its BEGIN line to its END line.'],
    ['key', CERTIFICATE, 'This is a certificate; send the private key that belongs to it.'],
    ['key', OPENSSH_KEY, 'This is a key in the OpenSSH format; convert it to PKCS#8 (ssh-keygen -p -m PKCS8 -f FILE).'],
  ] as const)('a wrong TLS file is refused, and the message names what it is: %s, %s', async (name, text, message) => {
    const { result } = await chartbrew({ [name]: text });
    expect(result.issues).toMatchObject([
      { path: ['input', 'config', 'postgres', 'tls', name], code: 'INVALID', message },
    ]);
    expect(await gateway.received('chartbrew')).toEqual([]);
  });

  it('a TLS file with a key and a certificate is uploaded whole, with a warning', async () => {
    const { result } = await chartbrew({ certificate: CERTIFICATE + PRIVATE_KEY, key: PRIVATE_KEY });
    expect(result.warnings).toMatchObject([
      {
        path: ['input', 'config', 'postgres', 'tls', 'certificate'],
        code: 'VALUE_DOUBTFUL',
        message: 'It contains a private key beside the certificate; both were sent.',
      },
    ]);
    expect(await uploaded()).toEqual({ [TLS_AT.certificate]: CERTIFICATE + PRIVATE_KEY, [TLS_AT.key]: PRIVATE_KEY });
  });
});

describe('The key of an SSH tunnel', () => {
  it.each([
    ['of OpenSSH', OPENSSH_KEY, OPENSSH_KEY],
    ['of OpenSSH, on one line', oneLine(OPENSSH_KEY), OPENSSH_KEY],
    ['of OpenSSH, in base64', base64(OPENSSH_KEY), OPENSSH_KEY],
    ['in PKCS#1', PKCS1_KEY, PKCS1_KEY],
    ['in PKCS#8', PRIVATE_KEY.replaceAll('\n', '\\n'), PRIVATE_KEY],
  ])('the key of a tunnel may be %s', async (_what, privateKey, sent) => {
    const { result } = await chartbrew({}, { privateKey });
    expect(result).toMatchObject({ __typename: 'CreateConnectionSuccess', warnings: [] });
    expect(await uploaded()).toEqual({ sshPrivateKey: sent });
  });

  it('an encrypted key of a tunnel needs its passphrase', async () => {
    const { result } = await chartbrew({}, { privateKey: ENCRYPTED_OPENSSH_KEY });
    expect(result.issues).toMatchObject([
      {
        path: ['input', 'options', 'chartbrew', 'ssh', 'privateKey'],
        message: 'It is encrypted: send its passphrase in `passphrase`, or the key without one.',
      },
    ]);
    const both = await chartbrew({}, { privateKey: ENCRYPTED_OPENSSH_KEY, passphrase: PASSPHRASE });
    expect(both.result).toMatchObject({ __typename: 'CreateConnectionSuccess', warnings: [] });
  });

  it.each([
    ['a public key', 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJtcRlz11dsk bi@acme'],
    ['a key of PuTTY', 'PuTTY-User-Key-File-2: ssh-rsa\n'],
    ['a path', '~/.ssh/id_rsa'],
    ['a certificate', CERTIFICATE],
  ])('the key of a tunnel is refused when it is %s', async (_what, privateKey) => {
    const { result } = await chartbrew({}, { privateKey });
    expect(issuesOf(result)).toEqual(['input.options.chartbrew.ssh.privateKey INVALID']);
  });
});

const body = async (text: string, fileType: string) => {
  const { result } = await create(gateway, {
    instance: 'looker',
    name: 'one',
    config: { postgres: { host: 'db.acme.example' } },
    options: { looker: { certificate: { body: text, fileType } } },
  });
  const [sent] = (await gateway.posted('looker')) as (Values | undefined)[];
  return { result, sent };
};

describe("A key file among Looker's options", () => {
  it.each(spellings(PRIVATE_KEY))(
    'a private key among the options of Looker is base64-encoded once: %s',
    async (_how, text) => {
      const { sent } = await body(text, 'P8');
      expect(Buffer.from(String(sent?.['certificate']), 'base64').toString()).toBe(PRIVATE_KEY);
      expect(sent?.['file_type']).toBe('.p8');
    },
  );

  it.each([
    ['a public key', PUBLIC_KEY, 'P8', 'This is a public key; send the private key that belongs to it.'],
    ['a path', '/keys/looker.p8', 'P8', 'This is the path of a file; send the content of the file.'],
    ['no base64', '/keys/looker.p12', 'P12', 'Must be base64 of the file.'],
    ['PEM text', PRIVATE_KEY, 'P12', 'Must be base64 of the file.'],
    ['PEM text', PRIVATE_KEY, 'JSON', 'This is PEM text. Must be the whole JSON document of a service account key.'],
  ])('a key file in the options of Looker is refused when it is %s', async (_what, text, fileType, message) => {
    const { result, sent } = await body(text, fileType);
    expect(result.issues).toMatchObject([
      { path: ['input', 'options', 'looker', 'certificate', 'body'], code: 'INVALID', message },
    ]);
    expect(sent).toBeUndefined();
  });

  it('a key file that cannot be read is sent with a warning, by a create and by an update', async () => {
    const damaged = '-----BEGIN PRIVATE KEY-----\nkey-secret-1\n-----END PRIVATE KEY-----\n';
    const warning = { path: ['input', 'options', 'looker', 'certificate', 'body'], code: 'VALUE_DOUBTFUL' };
    expect((await body(damaged, 'P8')).result.warnings).toMatchObject([warning]);
    const { id } = await createForUpdate(gateway, {
      instance: 'looker',
      name: 'two',
      config: { postgres: { host: 'db' } },
    });
    const certificate = { replace: { body: damaged, fileType: 'P8' } };
    const updated = await runMutation(gateway, 'updateConnection', { id, options: { looker: { certificate } } });
    expect(updated.warnings).toMatchObject([warning]);
  });

  it('a PKCS#12 file is sent as base64 without line breaks, from either base64 alphabet', async () => {
    // 30 fb ff 70: the bytes in which the alphabets differ.
    for (const text of [
      'MPv/cA==',
      'MPv/\ncA==\n',
      'MPv_cA',
      '\ufeffMPv/cA==',
      'data:application/x-pkcs12;base64,MPv/cA==',
    ]) {
      const { sent } = await body(text, 'P12');
      expect(sent).toMatchObject({ certificate: 'MPv/cA==', file_type: '.p12' });
      await gateway.reset('looker');
    }
  });
});

const source = (privateKey: string) => ({
  duckdb: {
    attached: [{ name: 'a', source: { snowflake: { account: 'a', username: 'u', warehouse: 'w', privateKey } } }],
  },
});

it('the same rules apply to a key in a DuckDB attachment and to a key that is only tested', async () => {
  const { result } = await create(gateway, { instance: 'credible', name: 'one', config: source(base64(PRIVATE_KEY)) });
  expect(result).toMatchObject({ __typename: 'CreateConnectionSuccess', warnings: [] });
  const [sent] = (await gateway.posted('credible')) as Values[];
  expect(JSON.stringify(sent)).toContain(JSON.stringify(PRIVATE_KEY));
  const wrong = await create(gateway, { instance: 'credible', name: 'two', config: source(PUBLIC_KEY) });
  expect(issuesOf(wrong.result)).toEqual(['input.config.duckdb.attached.0.source.snowflake.privateKey INVALID']);
  const encrypted = await create(gateway, { instance: 'credible', name: 'two', config: source(ENCRYPTED_KEY) });
  expect(issuesOf(encrypted.result)).toEqual(['input.config.duckdb.attached.0.source.snowflake.privateKey INVALID']);
  const config = { snowflake: { ...snowflake, privateKey: PUBLIC_KEY } };
  const instances: VendorName[] = ['looker', 'credible'];
  for (const instance of instances) {
    const tested = await runMutation(gateway, 'testConnectionConfig', { instance, config });
    expect(issuesOf(tested)).toEqual(['input.config.snowflake.privateKey INVALID']);
  }
});
