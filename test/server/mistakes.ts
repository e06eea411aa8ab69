// Requests with a mistake and a secret, and the expected message of each: the place and the reason, in the words of the schema.

/** Needs escaping in JSON and GraphQL alike; its middle survives every escape. */
export const CANARY = 'zqx"7Canary\n\\é';
export const LITERAL = JSON.stringify(CANARY);

export const CREATE = 'mutation($i: CreateConnectionInput!) { createConnection(input: $i) { __typename } }';
const input = (rest: object) => ({ query: CREATE, variables: { i: { instance: 'credible', name: 'n', ...rest } } });
export const postgres = (fields: object) => input({ config: { postgres: fields } });
export const inline = (text: string) => ({ query: `mutation { createConnection(input: {${text}}) { __typename } }` });

export type Row = readonly [what: string, body: object | string | null, message: string];

export const variables: readonly Row[] = [
  [
    'a field that is unknown, beside a secret',
    postgres({ password: CANARY, pasword: 'x' }),
    'Variable $i.config.postgres: It has a field that type "PostgresInput" does not know. Did you mean password?',
  ],
  [
    'a secret as the name of a field',
    postgres({ [CANARY]: 1 }),
    'Variable $i.config.postgres: It has a field that type "PostgresInput" does not know.',
  ],
  [
    'a required field missing beside a secret',
    { query: CREATE, variables: { i: { instance: 'credible', config: { postgres: { password: CANARY } } } } },
    'Variable $i: Field "name" of required type "String!" was not provided.',
  ],
  [
    'a required field null beside a secret',
    input({ name: null, config: { postgres: { password: CANARY } } }),
    'Variable $i.name: Expected non-nullable type "String!" not to be null.',
  ],
  [
    'two dialects at once',
    input({ config: { postgres: { password: CANARY }, mysql: { password: CANARY } } }),
    'Variable $i.config: Exactly one key must be specified for OneOf type "ConnectionConfigInput".',
  ],
  [
    'no dialect',
    input({ name: CANARY, config: {} }),
    'Variable $i.config: Exactly one key must be specified for OneOf type "ConnectionConfigInput".',
  ],
  [
    'a dialect that is null',
    input({ name: CANARY, config: { postgres: null } }),
    'Variable $i.config.postgres: Field "postgres" must be non-null.',
  ],
  ...[77_177_177, { value: CANARY }, [CANARY], true].map((password): Row => [
    `a secret that is ${JSON.stringify(password)}`,
    postgres({ host: CANARY, password }),
    'Variable $i.config.postgres.password: A SecretString must be text.',
  ]),
  [
    'text in place of an object',
    input({ config: CANARY }),
    'Variable $i.config: Expected type "ConnectionConfigInput" to be an object.',
  ],
  [
    'text in place of the whole input',
    { query: CREATE, variables: { i: CANARY } },
    'Variable $i: Expected type "CreateConnectionInput" to be an object.',
  ],
  [
    'an object in place of text',
    postgres({ host: { password: CANARY } }),
    'Variable $i.config.postgres.host: It is not of type String.',
  ],
  [
    'a list in place of text',
    postgres({ host: [CANARY] }),
    'Variable $i.config.postgres.host: It is not of type String.',
  ],
  ['text for a number', postgres({ port: CANARY }), 'Variable $i.config.postgres.port: It is not of type Int.'],
  [
    'a number too large for GraphQL',
    postgres({ port: 99_999_999_999, password: CANARY }),
    'Variable $i.config.postgres.port: It is not of type Int.',
  ],
  [
    'a word that the enum has not',
    postgres({ flavor: CANARY }),
    'Variable $i.config.postgres.flavor: It is none of the values of enum "DatabaseFlavor".',
  ],
  [
    'an object for a large number',
    input({ config: { bigquery: { maximumBytesBilled: { a: CANARY } } } }),
    'Variable $i.config.bigquery.maximumBytesBilled: A BigInt must be decimal text, or a number that JSON holds exactly.',
  ],
  [
    'a list for an id',
    { query: 'query($id: ID!) { connection(id: $id) { id } }', variables: { id: [CANARY] } },
    'Variable $id: It is not of type ID.',
  ],
  [
    'a variable under another name',
    { query: CREATE, variables: { input: CANARY } },
    'Variable $i: It is required and was not provided.',
  ],
  [
    'the input null',
    { query: CREATE, variables: { i: null, input: CANARY } },
    'Variable $i: Expected non-nullable type "CreateConnectionInput!" not to be null.',
  ],
];

export const NO_LITERAL = 'A SecretString must be sent in a variable, never written into the document.';

export const documents: readonly Row[] = [
  ['a secret', inline(`instance: "a", name: "b", config: {postgres: {password: ${LITERAL}}}`), NO_LITERAL],
  [
    'a block text as secret',
    inline('instance: "a", name: "b", config: {mysql: {password: """7Canary"""}}'),
    NO_LITERAL,
  ],
  [
    'a secret in the default of a variable',
    {
      query: `mutation($p: SecretString = ${LITERAL}) {
        createConnection(input: {instance: "a", name: "b", config: {postgres: {password: $p}}}) { __typename } }`,
    },
    NO_LITERAL,
  ],
  [
    'a secret deep in the default of a variable',
    {
      query: `mutation($c: ConnectionConfigInput = {postgres: {password: ${LITERAL}}}) {
        createConnection(input: {instance: "a", name: "b", config: $c}) { __typename } }`,
    },
    NO_LITERAL,
  ],
  [
    'two operations of one name',
    { query: 'query A { __typename } query A { __typename }', operationName: 'A', variables: { a: CANARY } },
    'There can be only one operation named "A".',
  ],
  [
    'an argument given twice',
    { query: `{ node(id: ${LITERAL}, id: ${LITERAL}) { id } }` },
    'There can be only one argument named "id".',
  ],
  [
    'an unknown argument',
    { query: `{ connections(fist: ${LITERAL}) { totalCount } }` },
    'Unknown argument "fist" on field "Query.connections". Did you mean "first"?',
  ],
  [
    'an unknown field',
    { query: '{ connections { totalCont } }', variables: { a: CANARY } },
    'Cannot query field "totalCont" on type "ConnectionPage". Did you mean "totalCount"?',
  ],
  [
    'an unknown type of a variable',
    { query: 'query($t: StringFiltr) { __typename @skip(if: $t) }', variables: { t: CANARY } },
    'Unknown type "StringFiltr". Did you mean "StringFilter" or "String"?',
  ],
  [
    'an unknown type of a fragment',
    { query: '{ vendorInstance(id: "a") { ... on VendorInstanc { key } } }', variables: { a: CANARY } },
    'Unknown type "VendorInstanc". Did you mean "VendorInstance", "VendorInfo", or "VendorDetails"?',
  ],
  [
    'an unknown directive',
    { query: `{ connections @inclde(if: ${LITERAL}) { totalCount } }` },
    'Unknown directive "@inclde". The directives of a query are @include and @skip.',
  ],
  [
    'a subscription',
    { query: 'subscription($n: Int!) { x(n: $n) }', variables: { n: CANARY } },
    'Subscriptions are not supported.',
  ],
];

const syntaxAt = (line: number, column: number, reason: string): string =>
  `Syntax error at line ${line}, column ${column}: ${reason}.`;

export const syntax: readonly Row[] = [
  [
    'text where none may be',
    { query: `{ node(id ${LITERAL}) { id } }` },
    syntaxAt(1, 11, 'expected ":", found a string'),
  ],
  [
    'a block text where none may be',
    { query: '{\n  node """7Canary"""\n}' },
    syntaxAt(2, 8, 'expected a name, found a block string'),
  ],
  [
    'a name where none may be',
    { query: '{ node(id: "a") { id } } zqx_7Canary' },
    syntaxAt(1, 26, 'expected a query, mutation or fragment, found a name'),
  ],
  [
    'a name where a word of the grammar must be',
    { query: 'fragment F zqx_7Canary { id }' },
    syntaxAt(1, 12, 'expected "on", found a name'),
  ],
  [
    'a whole number where none may be',
    { query: '{ node 77177177 }' },
    syntaxAt(1, 8, 'expected a name, found a whole number'),
  ],
  ['a number where none may be', { query: '{ node 77177177.5 }' }, syntaxAt(1, 8, 'expected a name, found a number')],
  ['no value', { query: `{ node(id: ) { id } } # ${CANARY}` }, syntaxAt(1, 12, 'expected a value, found ")"')],
  [
    'a document cut short',
    { query: `{ node(id: ${LITERAL}) { id }` },
    syntaxAt(1, 39, 'expected a name, found the end of the document'),
  ],
  [
    'no document',
    { query: '# 7Canary' },
    syntaxAt(1, 10, 'expected a query, mutation or fragment, found the end of the document'),
  ],
  ['a text that does not end', { query: '{ node(id: "7Canary) { id } }' }, syntaxAt(1, 30, 'a string is not closed')],
  [
    'a text in single quotes',
    { query: "{ node(id: '7Canary') { id } }" },
    syntaxAt(1, 12, 'a string is written in double quotes, not in single quotes'),
  ],
  [
    'a text with an unknown escape',
    { query: '{ node(id: "\\7Canary") { id } }' },
    syntaxAt(1, 13, 'a string has an escape sequence that does not exist'),
  ],
  [
    'a text with half an escape',
    { query: '{ node(id: "\\u7Can") { id } }' },
    syntaxAt(1, 13, 'a string has a Unicode escape sequence that is not valid'),
  ],
  ['a number with letters', { query: '{ node(id: 7Canary) { id } }' }, syntaxAt(1, 13, 'a number is not well formed')],
  [
    'a sign of no meaning',
    { query: '{ node(id: ~7Canary) { id } }' },
    syntaxAt(1, 12, 'this character is not allowed here'),
  ],
  [
    'a variable in the default of another',
    { query: 'query($a: Int = $zqx_7Canary) { node(id: $a) { id } }' },
    syntaxAt(1, 17, 'a variable is not allowed in a constant value'),
  ],
];

export const bodies: readonly Row[] = [
  ['no JSON', `{"query":"{ __typename }","variables":{"p":${LITERAL},}}`, 'The body is not valid JSON.'],
  ['JSON cut short', `{"query":"{ __typename }","variables":{"p":${LITERAL}`, 'The body is not valid JSON.'],
  ['plain text', '7Canary', 'The body is not valid JSON.'],
  [
    'a list',
    [{ query: '{ __typename }', variables: { p: CANARY } }],
    'The body is a list. Batches are not supported: send one JSON object in each request.',
  ],
  ['null', null, 'The body must be a JSON object with a `query`.'],
  ['a JSON text', LITERAL, 'The body must be a JSON object with a `query`.'],
  [
    'an unexpected key that holds it',
    { query: '{ __typename }', password: CANARY },
    'The body may only hold `query`, `variables`, `operationName` and `extensions`.',
  ],
  [
    'an unexpected key that is it',
    { query: '{ __typename }', [CANARY]: 1 },
    'The body may only hold `query`, `variables`, `operationName` and `extensions`.',
  ],
  [
    'variables that are text',
    { query: '{ __typename }', variables: CANARY },
    'Expected "variables" param to be empty or an object, but given string.',
  ],
  [
    'variables that are a list',
    { query: '{ __typename }', variables: [CANARY] },
    'Expected "variables" param to be empty or an object, but given array.',
  ],
  [
    'extensions that are text',
    { query: '{ __typename }', extensions: CANARY },
    'Expected "extensions" param to be empty or an object, but given string.',
  ],
];

export const operations: readonly Row[] = [
  [
    'the name of no operation',
    { query: 'query A { __typename }', operationName: CANARY },
    'The document has no operation with the name in `operationName`.',
  ],
  [
    'an object as the name of the operation',
    { query: '{ __typename }', operationName: { [CANARY]: CANARY } },
    '`operationName` must be text.',
  ],
  [
    'several operations and no name',
    { query: 'query A { __typename } query B { __typename }', variables: { p: CANARY } },
    'The document has several operations: `operationName` must name the one to run.',
  ],
  [
    'fragments alone',
    { query: 'fragment F on Query { __typename }', variables: { p: CANARY } },
    'The document has no query or mutation.',
  ],
  [
    'definitions of types',
    { query: `type T { a(b: String = ${LITERAL}): Int }` },
    'The document has no query or mutation.',
  ],
];
