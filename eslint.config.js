// Lints the printed schema and the worked examples by graphql-eslint's own sets of rules; oxlint has all that is TypeScript.
// An exemption stands here with its reason, or nowhere.
import { readFileSync } from 'node:fs';
import { configs, parser, rules } from '@graphql-eslint/eslint-plugin';

const SCHEMA = 'schema/schema.graphql';
const OPERATIONS = 'schema/operations/*.graphql';

const plugins = { '@graphql-eslint': { rules } };
const files = { parser, parserOptions: { graphQLConfig: { schema: SCHEMA, documents: OPERATIONS } } };

// Relay's rules know a page by the end of its name, and in this schema "Connection" is the entity, the one type that ends
// so (a test holds it). Instead of being told where not to look, they read the schema with the names in Relay's places, so that
// lines stay.
const inRelaysWords = (text) =>
  text
    .replace(/\bConnection\b/g, 'DataSource')
    .replace(/\bConnectionPage\b/g, 'PageConnection')
    .replace(/\bAuditPage\b/g, 'AuditConnection');
const inOurWords = (text) =>
  text
    .replace(/\bDataSource\b/g, 'Connection')
    .replace(/\bPageConnection\b/g, 'ConnectionPage')
    .replace(/\bAuditConnection\b/g, 'AuditPage');

const withRelaysView = {
  meta: { name: 'relays-view', version: '1' },
  preprocess: (text) => [text, { text: inRelaysWords(text), filename: 'relay.graphql' }],
  postprocess: ([own, relay]) => [...own, ...relay.map((found) => ({ ...found, message: inOurWords(found.message) }))],
};

const UNDATED = {
  selector:
    'Directive[name.value=deprecated] > Argument[name.value=reason] > StringValue[value!=/ Removed after \\d{4}-\\d{2}-\\d{2}\\.$/]',
  message: 'End the reason with a date, as in "Use `port`. Removed after 2030-12-31."',
};

export default [
  {
    files: [SCHEMA],
    plugins,
    processor: withRelaysView,
    languageOptions: files,
    rules: {
      ...configs['flat/schema-recommended'].rules,
      ...configs['flat/schema-all'].rules,
      // The printer sorts, and a test compares its print with the file. Its order has capitals first and 12 after 8.
      '@graphql-eslint/alphabetize': 'off',
      // Mutations are what this API is for. A subscription would need a vendor that pushes, and none does.
      '@graphql-eslint/no-root-type': ['error', { disallow: ['subscription'] }],
      // The directive of GraphQL has a reason and no date: the date stands at the end of the reason.
      '@graphql-eslint/require-deprecation-date': 'off',
      'no-restricted-syntax': ['error', UNDATED],
      // What fails at a root is a member of its result union, or a source of its page: null would say less.
      '@graphql-eslint/require-nullable-result-in-root': 'off',
      // What can be fetched again has an id, and implements Node; settings, errors and results are values.
      '@graphql-eslint/strict-id-in-types': 'off',
    },
  },
  {
    files: [`${SCHEMA}/*_relay.graphql`],
    plugins,
    languageOptions: { parser, parserOptions: { schemaSdl: inRelaysWords(readFileSync(SCHEMA, 'utf8')) } },
    rules: {
      ...configs['flat/schema-relay'].rules,
      // Pages go forward alone, as Relay's document allows.
      '@graphql-eslint/relay-arguments': ['error', { includeBoth: false }],
      // Not a rule of Relay's: a list that never grows long (capabilities, warnings, checks) needs no pages.
      // Neither is the other: an audit entry is read in pages only, and never changes, so it needs no id by which to fetch it again.
      '@graphql-eslint/relay-edge-types': ['error', { listTypeCanWrapOnlyEdgeType: false, shouldImplementNode: false }],
    },
  },
  {
    files: [OPERATIONS],
    plugins,
    languageOptions: files,
    rules: configs['flat/operations-recommended'].rules,
  },
];
