// Like mistakes.ts, for values that are written into the document. The expected message names the argument or field of the schema.
import { CANARY, inline, LITERAL, type Row } from './mistakes.ts';

/** An input object as a literal in a list of connections. */
const listed = (filter: string) => ({
  query: `{ connections(filter: ${filter}) { totalCount } }`,
  variables: { p: CANARY },
});
const ON_LIST = 'on Query.connections';
const ON_CREATE = 'on Mutation.createConnection';
const NOT_VENDOR = 'It is none of the values of enum "Vendor".';

export const literals: readonly Row[] = [
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
    `Argument input.config.mysql ${ON_CREATE}: A field is provided more than once.`,
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
