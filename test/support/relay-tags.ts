// Replaces each `graphql` tag of Relay by the artifact that the Relay compiler wrote for it, as Relay's plugins for build tools do.
import type { Plugin } from 'vite';

const TAG = /\bgraphql`\s*(?:query|mutation|fragment)\s+(\w+)[^`]*`/g;

/** Returns the plugin for Vite, for the example of Relay. */
export const relayTags = (): Plugin => ({
  name: 'relay-tags',
  transform: {
    filter: { id: /\/examples\/frontends\/relay\.ts$/ },
    handler: (code) => {
      const names = Array.from(code.matchAll(TAG), ([, name = '']) => name);
      const imports = names.map((name) => `import ${name}Artifact from './__generated__/${name}.graphql.ts';\n`);
      return imports.join('') + code.replaceAll(TAG, '$1Artifact');
    },
  },
});
