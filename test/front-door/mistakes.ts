// Requests with a mistake and a secret in them, and what is said of each: the place and the reason, in schema words.

/** Needs escaping in JSON and GraphQL alike; its middle survives every escape. */
export const CANARY = 'zqx"7Canary\n\\é';
export const LITERAL = JSON.stringify(CANARY);

export const CREATE = 'mutation($i: CreateConnectionInput!) { createConnection(input: $i) { __typename } }';
const input = (rest: object) => ({ query: CREATE, variables: { i: { instance: 'credible', name: 'n', ...rest } } });
export const postgres = (fields: object) => input({ config: { postgres: fields } });
const inline = (text: string) => ({ query: `mutation { createConnection(input: {${text}}) { __typename } }` });

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
    'Variable $i: It is required and was not given.',
  ],
  [
    'the input null',
    { query: CREATE, variables: { i: null, input: CANARY } },
    'Variable $i: Expected non-nullable type "CreateConnectionInput!" not to be null.',
  ],
];

export const NO_LITERAL = 'A SecretString must be sent in a variable, never written into the document.';

/** An input object as a literal in a list of connections. */
const listed = (filter: string) => ({
  query: `{ connections(filter: ${filter}) { totalCount } }`,
  variables: { p: CANARY },
});
const ON_LIST = 'on Query.connections';
const ON_CREATE = 'on Mutation.createConnection';
const NOT_VENDOR = 'It is none of the values of enum "Vendor".';

const literals: readonly Row[] = [
  [
    'text for Int',
    { query: `{ connections(first: ${LITERAL}) { totalCount } }` },
    `Argument first ${ON_LIST}: It is not of type Int.`,
  ],
  [
    'a number in quotes for Int',
    { query: '{ connections(first: "77177177") { totalCount } }' },
    `Argument first ${ON_LIST}: It is not of type Int. Write it without quotes.`,
  ],
  [
    'a number too large for Int',
    { query: '{ connections(first: 77177177000) { totalCount } }' },
    `Argument first ${ON_LIST}: It is not of type Int.`,
  ],
  [
    'text for Boolean',
    listed(`{includeDeleted: ${LITERAL}}`),
    `Argument filter.includeDeleted ${ON_LIST}: It is not of type Boolean.`,
  ],
  [
    'a word in quotes for Boolean',
    listed('{includeDeleted: "true"}'),
    `Argument filter.includeDeleted ${ON_LIST}: It is not of type Boolean. Write it without quotes.`,
  ],
  [
    'a bare word for ID',
    { query: '{ node(id: zqx_7Canary) { id } }' },
    'Argument id on Query.node: It is not of type ID. Write it in double quotes.',
  ],
  [
    'a number for String',
    listed('{name: {equals: 77177177}}'),
    `Argument filter.name.equals ${ON_LIST}: It is not of type String. Write it in double quotes.`,
  ],
  ['text for an enum', listed(`{vendor: [${LITERAL}]}`), `Argument filter.vendor.0 ${ON_LIST}: ${NOT_VENDOR}`],
  ['a bare word for an enum', listed('{vendor: [zqx_7Canary]}'), `Argument filter.vendor.0 ${ON_LIST}: ${NOT_VENDOR}`],
  [
    'a misspelt value of an enum',
    { query: '{ dialect(dialect: SNOWFLAK) { label } }', variables: { p: CANARY } },
    'Argument dialect on Query.dialect: It is none of the values of enum "Dialect". Did you mean SNOWFLAKE?',
  ],
  [
    'a value of an enum in quotes',
    { query: '{ dialect(dialect: "SNOWFLAKE") { label } }', variables: { p: CANARY } },
    'Argument dialect on Query.dialect: It is none of the values of enum "Dialect". Write it without quotes.',
  ],
  [
    'an object for an enum',
    listed(`{dialect: [MYSQL, {a: ${LITERAL}}]}`),
    `Argument filter.dialect.1 ${ON_LIST}: It is none of the values of enum "Dialect".`,
  ],
  [
    'text for an object',
    listed(LITERAL),
    `Argument filter ${ON_LIST}: Expected type "ConnectionFilter" to be an object.`,
  ],
  [
    'text for an object in an object',
    listed(`{name: ${LITERAL}}`),
    `Argument filter.name ${ON_LIST}: Expected type "StringFilter" to be an object.`,
  ],
  [
    'an object for a list',
    { query: `{ nodes(ids: {id: ${LITERAL}}) { id } }` },
    'Argument ids on Query.nodes: It is not of type ID.',
  ],
  [
    'null in a list',
    { query: `{ nodes(ids: [${LITERAL}, null]) { id } }` },
    'Argument ids.1 on Query.nodes: Expected non-nullable type "ID!" not to be null.',
  ],
  [
    'null for a value that is needed',
    { query: '{ dialect(dialect: null) { label } }', variables: { p: CANARY } },
    'Argument dialect on Query.dialect: Expected non-nullable type "Dialect!" not to be null.',
  ],
  [
    'an unknown field of an object',
    inline(`instance: "a", name: "b", config: {mysql: {}}, x: ${LITERAL}`),
    `Argument input ${ON_CREATE}: It has a field that type "CreateConnectionInput" does not know.`,
  ],
  [
    'a secret as the name of a field',
    inline('instance: "a", name: "b", config: {mysql: {zqx_7Canary: "a"}}'),
    `Argument input.config.mysql ${ON_CREATE}: It has a field that type "MySqlInput" does not know.`,
  ],
  [
    'a misspelt field beside a secret',
    inline(`instance: "a", name: "b", config: {mysql: {hots: ${LITERAL}}}`),
    `Argument input.config.mysql ${ON_CREATE}: It has a field that type "MySqlInput" does not know. Did you mean host?`,
  ],
  [
    'two dialects',
    inline(`instance: "a", name: "b", config: {mysql: {host: ${LITERAL}}, postgres: {}}`),
    `Argument input.config ${ON_CREATE}: Exactly one key must be specified for OneOf type "ConnectionConfigInput".`,
  ],
  [
    'a dialect that is null',
    inline(`instance: "a", name: ${LITERAL}, config: {mysql: null}`),
    `Argument input.config ${ON_CREATE}: Field "mysql" must be non-null.`,
  ],
  [
    'one dialect given twice',
    inline(`instance: "a", name: "b", config: {mysql: {host: ${LITERAL}}, mysql: {host: "b"}}`),
    `Argument input.config.mysql ${ON_CREATE}: A field is given more than once.`,
  ],
  [
    'a field missing',
    inline(`instance: ${LITERAL}, config: {mysql: {host: ${LITERAL}}}`),
    `Argument input ${ON_CREATE}: Field "name" of required type "String!" was not provided.`,
  ],
  [
    'text for a number deep in an object',
    inline(`instance: "a", name: "b", config: {postgres: {port: ${LITERAL}}}`),
    `Argument input.config.postgres.port ${ON_CREATE}: It is not of type Int.`,
  ],
  [
    'a list for a large number',
    inline(`instance: "a", name: "b", config: {bigquery: {maximumBytesBilled: [${LITERAL}]}}`),
    `Argument input.config.bigquery.maximumBytesBilled ${ON_CREATE}: A BigInt must be decimal text or a whole number.`,
  ],
  [
    'a default for Int',
    { query: `query($n: Int = ${LITERAL}) { connections(first: $n) { totalCount } }` },
    'Default of variable $n: It is not of type Int.',
  ],
  [
    'a misspelt value deep in the default of a variable',
    {
      query: 'query($f: ConnectionFilter = {vendor: [OMNI, LOOKR]}) { connections(filter: $f) { totalCount } }',
      variables: { p: CANARY },
    },
    `Default of variable $f.vendor.1: ${NOT_VENDOR} Did you mean LOOKER?`,
  ],
  [
    'text for the argument of a directive',
    { query: `{ connections @include(if: ${LITERAL}) { totalCount } }` },
    'Argument if on @include: It is not of type Boolean.',
  ],
  [
    'text for a reference to an entity',
    { query: `{ _entities(representations: [${LITERAL}]) { __typename } }` },
    'Argument representations.0 on Query._entities: An _Any must be an object with the name of its type as __typename.',
  ],
];

export const documents: readonly Row[] = [
  ...literals,
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
    'There are no subscriptions here.',
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
    'The document has no operation of the name in `operationName`.',
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
