// Typed documents from the printed schema: of the worked examples, for the tests, of the console, and of the examples for front ends.
// Run by `npm run codegen`.
import type { CodegenConfig } from '@graphql-codegen/cli';
import { typedDocuments } from './examples/frontends/typed-documents.ts';

const config: CodegenConfig = {
  schema: 'schema/schema.graphql',
  importExtension: '.ts',
  generates: {
    'test/generated/': { ...typedDocuments, documents: 'schema/operations/*.graphql' },
    'console/src/generated/': { ...typedDocuments, documents: 'console/src/**/*.graphql' },
    'examples/frontends/generated/': { ...typedDocuments, documents: 'examples/frontends/*.graphql' },
  },
};

export default config;
