// How GraphQL Code Generator writes typed documents for Patchbay.

/** Give this to an entry of `generates`, with the `documents` of your application. */
export const typedDocuments = {
  preset: 'client' as const,
  presetConfig: { fragmentMasking: false },
  config: {
    useTypeImports: true,
    enumsAsTypes: true,
    scalars: {
      // A secret goes in as a string and never comes out.
      SecretString: { input: 'string', output: 'never' },
      DateTime: { input: 'never', output: 'string' },
      BigInt: { input: 'string | number', output: 'string' },
      JSONObject: { input: 'never', output: 'Record<string, unknown>' },
    },
  },
};
