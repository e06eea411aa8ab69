// Typed documents from the printed schema and the worked examples; the tests use them. Run by `npm run codegen`.
import type { CodegenConfig } from '@graphql-codegen/cli';

const config: CodegenConfig = {
  schema: 'schema/schema.graphql',
  importExtension: '.ts',
  documents: 'schema/operations/*.graphql',
  generates: {
    'test/generated/': {
      preset: 'client',
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
    },
  },
};

export default config;
