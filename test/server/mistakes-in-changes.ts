// Like mistakes.ts, for the other mutations: update, rotation, fan-out, delete and the connection tests.
import { CANARY, LITERAL, NO_LITERAL, type Row } from './mistakes.ts';

const UPDATE = 'mutation($i: UpdateConnectionInput!) { updateConnection(input: $i) { __typename } }';
const ROTATE = 'mutation($i: RotateConnectionSecretInput!) { rotateConnectionSecret(input: $i) { __typename } }';
const FAN_OUT = 'mutation($i: CreateConnectionsInput!) { createConnections(input: $i) { __typename } }';
const TEST = 'mutation($i: TestConnectionConfigInput!) { testConnectionConfig(input: $i) { __typename } }';
const DELETE = 'mutation($i: DeleteConnectionInput!) { deleteConnection(input: $i) { __typename } }';

const update = (rest: object) => ({ query: UPDATE, variables: { i: { id: 'x', ...rest } } });
const patch = (password: unknown, rest: object = {}) => update({ config: { postgres: { password, ...rest } } });
const rotate = (rest: object) => ({
  query: ROTATE,
  variables: {
    i: {
      connections: { ids: ['x'] },
      field: 'PASSWORD',
      secret: CANARY,
      dryRun: false,
      verifyFirst: false,
      ...rest,
    },
  },
});
const fanOut = (rest: object) => ({
  query: FAN_OUT,
  variables: {
    i: {
      name: 'n',
      config: { postgres: { password: CANARY } },
      onFailure: 'KEEP',
      targets: [{ instance: 'omni' }],
      ...rest,
    },
  },
});
const test = (rest: object) => ({
  query: TEST,
  variables: { i: { instance: 'looker', config: { postgres: { password: CANARY } }, ...rest } },
});

const ONE_KEY = 'Variable $i.config.postgres.password: Exactly one key must be specified for OneOf type "SecretPatch".';

const updates: readonly Row[] = [
  ['a secret replaced and cleared', patch({ replace: CANARY, clear: true }), ONE_KEY],
  ['a secret neither replaced nor cleared', patch({}, { host: CANARY }), ONE_KEY],
  [
    'a secret without its patch',
    patch(CANARY),
    'Variable $i.config.postgres.password: Expected type "SecretPatch" to be an object.',
  ],
  [
    'a list of patches',
    patch([{ replace: CANARY }]),
    'Variable $i.config.postgres.password: Expected type "SecretPatch" to be an object.',
  ],
  [
    'a number for a secret',
    patch({ replace: 77_177_177 }),
    'Variable $i.config.postgres.password.replace: A SecretString must be text.',
  ],
  [
    'null for a secret',
    patch({ replace: null }, { host: CANARY }),
    'Variable $i.config.postgres.password.replace: Field "replace" must be non-null.',
  ],
  [
    'a secret as what clears',
    patch({ clear: CANARY }),
    'Variable $i.config.postgres.password.clear: It is not of type Boolean.',
  ],
  [
    'a field beside replace',
    patch({ replace: CANARY, repalce: CANARY }),
    'Variable $i.config.postgres.password: It has a field that type "SecretPatch" does not know. Did you mean replace?',
  ],
  [
    'a misspelt secret in a patch',
    patch({ replace: CANARY }, { pasword: { replace: CANARY } }),
    'Variable $i.config.postgres: It has a field that type "PostgresPatch" does not know. Did you mean password?',
  ],
  [
    'two dialects in a patch',
    update({ config: { postgres: { password: { replace: CANARY } }, mysql: { password: { replace: CANARY } } } }),
    'Variable $i.config: Exactly one key must be specified for OneOf type "ConnectionConfigPatch".',
  ],
  [
    'no dialect in a patch',
    update({ name: CANARY, config: {} }),
    'Variable $i.config: Exactly one key must be specified for OneOf type "ConnectionConfigPatch".',
  ],
  [
    'the options of two vendors in a patch',
    update({ options: { looker: { afterConnectStatements: { replace: CANARY } }, omni: { baseRole: CANARY } } }),
    'Variable $i.options: Exactly one key must be specified for OneOf type "VendorOptionsPatch".',
  ],
  [
    'a certificate without its type',
    update({ options: { looker: { certificate: { replace: { body: CANARY } } } } }),
    'Variable $i.options.looker.certificate.replace: Field "fileType" of required type "LookerCertificateType!" was not provided.',
  ],
  [
    'an entry whose value is a number',
    update({ config: { api: { headers: [{ name: CANARY, value: 77_177_177 }] } } }),
    'Variable $i.config.api.headers.0.value: A SecretString must be text.',
  ],
];

const others: readonly Row[] = [
  [
    'a misspelt secret in a rotation',
    rotate({ sceret: CANARY }),
    'Variable $i: It has a field that type "RotateConnectionSecretInput" does not know. Did you mean secret?',
  ],
  [
    'a rotation to nothing',
    rotate({ secret: null, privateKeyPassphrase: CANARY }),
    'Variable $i.secret: Expected non-nullable type "SecretString!" not to be null.',
  ],
  [
    'a rotation of a field that none is',
    rotate({ field: CANARY }),
    'Variable $i.field: It is none of the values of enum "RotatableSecret".',
  ],
  [
    'a rotation by ids and by match',
    rotate({ connections: { ids: [CANARY], match: { host: CANARY, username: CANARY } } }),
    'Variable $i.connections: Exactly one key must be specified for OneOf type "RotationSelector".',
  ],
  [
    'a rotation of nothing',
    rotate({ connections: {} }),
    'Variable $i.connections: Exactly one key must be specified for OneOf type "RotationSelector".',
  ],
  ['text for dryRun', rotate({ dryRun: CANARY }), 'Variable $i.dryRun: It is not of type Boolean.'],
  [
    'a secret beside the instance of a target',
    fanOut({ targets: [{ instance: 'omni', pasword: CANARY }] }),
    'Variable $i.targets.0: It has a field that type "FanOutTargetInput" does not know.',
  ],
  [
    'a wrong word for what happens on a failure',
    fanOut({ onFailure: CANARY }),
    'Variable $i.onFailure: It is none of the values of enum "OnFailure".',
  ],
  [
    'text for the targets',
    fanOut({ targets: CANARY }),
    'Variable $i.targets: Expected type "FanOutTargetInput" to be an object.',
  ],
  [
    'null among the targets',
    fanOut({ targets: [{ instance: 'omni' }, null] }),
    'Variable $i.targets.1: Expected non-nullable type "FanOutTargetInput!" not to be null.',
  ],
  [
    'the options of two vendors at a target',
    fanOut({ targets: [{ instance: 'omni', options: { looker: { tmpHost: CANARY }, omni: {} } }] }),
    'Variable $i.targets.0.options: Exactly one key must be specified for OneOf type "VendorOptionsInput".',
  ],
  [
    'a test of an unknown field',
    test({ [CANARY]: CANARY }),
    'Variable $i: It has a field that type "TestConnectionConfigInput" does not know.',
  ],
  [
    'an object among the names of tests',
    test({ tests: [{ name: CANARY }] }),
    'Variable $i.tests.0: It is not of type String.',
  ],
  [
    'a delete with an object for an id',
    { query: DELETE, variables: { i: { id: { id: CANARY } } } },
    'Variable $i.id: It is not of type ID.',
  ],
  // JSON.parse makes `__proto__` a key like any other; written in the code it would be none.
  [
    'a key that every object inherits',
    `{"query":${JSON.stringify(UPDATE)},"variables":{"i":{"id":"x","__proto__":{"name":${LITERAL}}}}}`,
    'Variable $i: It has a field that type "UpdateConnectionInput" does not know.',
  ],
  [
    'variables that only the prototype has',
    `{"query":${JSON.stringify(UPDATE)},"variables":{"__proto__":{"i":{"id":${LITERAL}}}}}`,
    'Variable $i: It is required and was not provided.',
  ],
  [
    'a variable of an inherited name that was not given',
    { query: 'query($toString: Int!) { connections(first: $toString) { totalCount } }', variables: { a: CANARY } },
    'Variable $toString: It is required and was not provided.',
  ],
];

export const variablesOfChanges: readonly Row[] = [...updates, ...others];

const inline = (field: string, text: string) => ({ query: `mutation { ${field}(input: {${text}}) { __typename } }` });

export const documentsOfChanges: readonly Row[] = [
  [
    'a secret in a patch',
    inline('updateConnection', `id: "a", config: {postgres: {password: {replace: ${LITERAL}}}}`),
    NO_LITERAL,
  ],
  [
    'a number as a secret in a rotation',
    inline(
      'rotateConnectionSecret',
      'connections: {ids: ["a"]}, field: PASSWORD, secret: 77177177, dryRun: true, verifyFirst: true',
    ),
    NO_LITERAL,
  ],
  [
    'a secret in a fan-out',
    inline('createConnections', `name: "n", onFailure: KEEP, targets: [], config: {mysql: {password: ${LITERAL}}}`),
    NO_LITERAL,
  ],
  [
    'a secret in an entry',
    inline('createConnection', `instance: "a", name: "n", config: {api: {headers: [{name: "a", value: ${LITERAL}}]}}`),
    NO_LITERAL,
  ],
  [
    'a variable of a secret where text is meant',
    {
      query: 'query($p: SecretString!) { node(id: $p) { id } }',
      variables: { p: CANARY },
    },
    'Variable "$p" of type "SecretString!" used in position expecting type "ID!".',
  ],
  [
    'a variable that is not used',
    { query: 'query($p: SecretString) { __typename }', variables: { p: CANARY } },
    'Variable "$p" is never used.',
  ],
  [
    'fragments in a circle',
    { query: '{ ...A } fragment A on Query { ...B } fragment B on Query { ...A }', variables: { p: CANARY } },
    'Cannot spread fragment "A" within itself via "B".',
  ],
  [
    '5,000 levels of fields',
    { query: `${'{a'.repeat(5000)}${'}'.repeat(5000)}`, variables: { p: CANARY } },
    'The document is nested deeper than 100 levels.',
  ],
  [
    '20,000 levels of lists',
    { query: `{ nodes(ids: ${'['.repeat(20_000)}${LITERAL}${']'.repeat(20_000)}) { id } }` },
    'The document is nested deeper than 100 levels.',
  ],
  [
    '20,000 levels of objects',
    { query: `{ connections(filter: ${'{name:'.repeat(20_000)}${LITERAL}${'}'.repeat(20_000)}) { totalCount } }` },
    'The document is nested deeper than 100 levels.',
  ],
  [
    '101 levels',
    { query: `${'{a'.repeat(101)}${'}'.repeat(101)}`, variables: { p: CANARY } },
    'The document is nested deeper than 100 levels.',
  ],
  [
    'brackets in text, which nest nothing',
    { query: `{ connection(id: "${'{'.repeat(500)}") { totalCount } }`, variables: { p: CANARY } },
    'Cannot query field "totalCount" on type "Connection".',
  ],
  [
    '200 fragments',
    {
      query: `{ ...F0 } ${Array.from({ length: 200 }, (_, at) => `fragment F${at} on Query { __typename }`).join(' ')}`,
      variables: { p: CANARY },
    },
    'The document has more than 200 operations and fragments.',
  ],
  [
    'one field 100,000 times',
    { query: `{${' __typename'.repeat(100_000)} }`, variables: { p: CANARY } },
    'The document has more than 4000 tokens: the limit is `limits.tokens`.',
  ],
];
