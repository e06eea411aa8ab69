// Typed documents from the printed schema: of the worked examples, for the tests, and of the console. Run by `npm run codegen`.
import type { CodegenConfig } from '@graphql-codegen/cli';

const client = {
  preset: 'client' as const,
  presetConfig: { fragmentMasking: false },
  config: {
    useTypeImports: true,
    enumsAsTypes: true,
    scalars: {
      SecretString: { input: 'string', output: 'never' },
      DateTime: { input: 'never', output: 'string' },
      BigInt: { input: 'string | number', output: 'string' },
      JSONObject: { input: 'never', output: 'Record<string, unknown>' },
    },
  },
};

const config: CodegenConfig = {
  schema: 'schema/schema.graphql',
  importExtension: '.ts',
  generates: {
    'test/generated/': { ...client, documents: 'schema/operations/*.graphql' },
    'console/src/generated/': { ...client, documents: 'console/src/**/*.graphql' },
  },
};

export default config;
