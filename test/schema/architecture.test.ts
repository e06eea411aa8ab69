// Checks the directions of imports and where a few words may occur, by reading src/ as text. Each rule also runs on a made-up
// offender, so that a rule that finds nothing is noticed.
import { describe, expect, it } from 'vitest';
import { importsOf, placesOf, readSource, type SourceFile } from '../support/source-files.ts';

interface Rule {
  readonly name: string;
  /** Returns what breaks the rule, one line for each place. */
  readonly check: (files: readonly SourceFile[]) => string[];
  readonly offender: Readonly<Record<string, string>>;
  readonly expected: readonly string[];
}

/** The folders that define fields, secrets and the formats of values. */
const DEFINITION_FOLDERS = ['formats/', 'secrets/', 'fields/'];

/** What a folder of src/, or a file at its top, may import: folders and files of src/, and packages. `@pothos/` means the whole scope. */
const MAY_IMPORT: Readonly<Record<string, { readonly src: readonly string[]; readonly packages: readonly string[] }>> =
  {
    formats: { src: ['formats/'], packages: ['zod', 'node:crypto'] },
    secrets: { src: ['formats/', 'secrets/'], packages: ['zod', 'node:util', 'node:crypto'] },
    fields: { src: ['formats/', 'secrets/', 'fields/'], packages: ['zod'] },
    domain: { src: [...DEFINITION_FOLDERS, 'domain/'], packages: ['zod', 'node:crypto'] },
    forms: { src: [...DEFINITION_FOLDERS, 'domain/', 'forms/'], packages: ['zod'] },
    dialects: { src: [...DEFINITION_FOLDERS, 'domain/', 'dialects/'], packages: ['zod'] },
    http: {
      src: [...DEFINITION_FOLDERS, 'domain/', 'http/'],
      packages: ['undici', 'cockatiel', 'rate-limiter-flexible', 'node:'],
    },
    vendors: { src: [...DEFINITION_FOLDERS, 'domain/', 'dialects/', 'http/', 'vendors/'], packages: ['zod', 'undici'] },
    services: {
      src: [...DEFINITION_FOLDERS, 'domain/', 'forms/', 'services/'],
      packages: ['lru-cache', 'node:timers/promises', 'node:crypto'],
    },
    graphql: {
      src: [...DEFINITION_FOLDERS, 'domain/', 'forms/', 'services/', 'graphql/'],
      packages: ['graphql', '@pothos/', 'zod', 'dataloader'],
    },
    server: {
      src: [...DEFINITION_FOLDERS, 'domain/', 'services/', 'graphql/', 'observability/', 'authentication/', 'server/'],
      packages: [
        'graphql',
        'graphql/',
        'graphql-yoga',
        '@graphql-yoga/',
        'ipaddr.js',
        'lru-cache',
        'rate-limiter-flexible',
        'node:',
      ],
    },
    authentication: { src: ['domain/', 'authentication/'], packages: ['jose', 'lru-cache', 'undici', 'node:'] },
    observability: {
      src: [...DEFINITION_FOLDERS, 'domain/', 'observability/'],
      packages: ['pino', 'prom-client', '@opentelemetry/api', 'node:'],
    },
    store: {
      src: [
        ...DEFINITION_FOLDERS,
        'domain/',
        'services/audit/',
        'services/idempotency/',
        'services/operations/',
        'services/write-counts.ts',
        'store/',
      ],
      packages: ['cockatiel', 'kysely', 'libsql', 'pg', 'pg-connection-string', 'rate-limiter-flexible', 'node:fs'],
    },
    sandbox: { src: ['sandbox/'], packages: ['node:'] },
    config: {
      src: [...DEFINITION_FOLDERS, 'domain/', 'http/', 'vendors/define-vendor.ts', 'config/'],
      packages: ['zod', 'yaml', 'node:'],
    },
    'connect-instances.ts': { src: ['config/', 'domain/', 'http/'], packages: [] },
    'setup.ts': {
      src: [
        'connect-instances.ts',
        'config/',
        'fields/',
        'graphql/',
        'observability/',
        'authentication/',
        'server/',
        'services/',
        'vendors/define-vendor.ts',
      ],
      packages: ['graphql', 'node:'],
    },
    'gateway.ts': {
      src: [
        'setup.ts',
        'version.ts',
        'server/operations.ts',
        'config/',
        ...DEFINITION_FOLDERS,
        'domain/',
        'dialects/',
        'vendors/',
        'services/',
        'graphql/',
        'server/',
        'observability/',
        'store/',
      ],
      packages: ['graphql', 'node:'],
    },
    commands: {
      src: [
        'commands/',
        'gateway.ts',
        'version.ts',
        'config/parse-config.ts',
        'config/parse-auth.ts',
        'authentication/tokens.ts',
        'graphql/print-schema.ts',
        'server/file-changes.ts',
        'server/node-server.ts',
        'services/check-instance.ts',
        'services/check-instance-health.ts',
        'vendors/index.ts',
        'observability/',
        'sandbox/',
        'store/open-store.ts',
        'store/store.ts',
      ],
      packages: ['commander', 'node:'],
    },
    'main.ts': { src: ['commands/', 'config/parse-section.ts', 'observability/'], packages: [] },
    'version.ts': { src: [], packages: ['node:fs'] },
    generate: {
      src: [...DEFINITION_FOLDERS, 'domain/', 'dialects/', 'graphql/', 'config/', 'vendors/index.ts', 'generate/'],
      packages: ['graphql', 'node:'],
    },
  };

/** The files at the top of every vendor's folder. All others are in folders below it. */
const VENDOR_FILES = [
  'auth.ts',
  'create.ts',
  'delete.ts',
  'dialects.ts',
  'errors.ts',
  'fields.ts',
  'from-wire.ts',
  'index.ts',
  'instance.ts',
  'read.ts',
  'review.ts',
  'to-wire.ts',
  'update-rules.ts',
  'update.ts',
  'wire.ts',
];
/** For a vendor whose API can test connections, or tells whether a credential may create them. */
const OPTIONAL_VENDOR_FILES = ['may-create.ts', 'test-connection.ts'];

const folderOf = (path: string): string => path.split('/')[0] ?? '';
const nameOf = (path: string): string => path.split('/').at(-1) ?? '';
/** The vendor whose folder holds the file; undefined for what vendors share. */
const vendorOf = (path: string): string | undefined => /^vendors\/([^/]+)\//.exec(path)?.[1];
const linesOf = ({ text }: SourceFile): number => text.trimEnd().split('\n').length;

const isOneOf = (target: string, allowed: readonly string[]): boolean =>
  allowed.some((entry) => (/[/:]$/.test(entry) ? target.startsWith(entry) : target === entry));

const edges = (files: readonly SourceFile[]) => files.flatMap(importsOf);
const describeImport = ({ from, to }: { from: string; to: string }): string => `${from} imports ${to}`;

const reveals = (files: readonly SourceFile[]): string[] =>
  files.flatMap((file) => placesOf(file, /\.\s*reveal\b|\[\s*['"`]reveal/g));

const longerThan = (limit: number, files: readonly SourceFile[]): string[] =>
  files.filter((file) => linesOf(file) > limit).map((file) => `${file.path} has ${linesOf(file)} lines`);

/** Returns each file that imports itself through others, with the shortest chain of files. Imports of types count. */
function importCircles(files: readonly SourceFile[]): string[] {
  const targets = new Map(
    files.map((file) => [file.path, importsOf(file).flatMap(({ to, isPackage }) => (isPackage ? [] : [to]))]),
  );
  return files.flatMap(({ path }) => {
    const chains = [[path]];
    const visited = new Set<string>();
    for (const chain of chains) {
      for (const target of targets.get(chain.at(-1) ?? '') ?? []) {
        if (target === path) return [[...chain, target].join(' -> ')];
        if (!visited.has(target)) chains.push([...chain, target]);
        visited.add(target);
      }
    }
    return [];
  });
}

const rules: readonly Rule[] = [
  {
    name: 'no file imports itself through others, not even a type',
    check: importCircles,
    offender: {
      'domain/errors.ts': "import type { Instance } from './instance.ts';",
      'domain/instance.ts': "import type { Issue } from './issue.ts';\nexport { vendor } from './vendor.ts';",
      'domain/issue.ts': "import { z } from 'zod';",
      'domain/vendor.ts': "import type { VendorError } from './errors.ts';",
      'domain/ids.ts':
        "import type { Instance } from './instance.ts'; // leads into the circle without being part of it",
    },
    expected: [
      'domain/errors.ts -> domain/instance.ts -> domain/vendor.ts -> domain/errors.ts',
      'domain/instance.ts -> domain/vendor.ts -> domain/errors.ts -> domain/instance.ts',
      'domain/vendor.ts -> domain/errors.ts -> domain/instance.ts -> domain/vendor.ts',
    ],
  },
  {
    name: 'a folder imports only the folders and packages that docs/architecture.md allows',
    check: (files) =>
      edges(files)
        .filter(({ from, to, isPackage }) => {
          const allowed = MAY_IMPORT[folderOf(from)];
          return !allowed || !isOneOf(to, isPackage ? allowed.packages : allowed.src);
        })
        .map(describeImport),
    offender: {
      'domain/pagination.ts':
        "import {\n  type SchemaContext,\n} from '../graphql/schema-builder.ts';\nimport { parse } from 'graphql';",
      'graphql/page.ts':
        "export * from '../vendors/define-vendor.ts';\nimport type { HttpClient } from '../http/client.ts';",
      'services/get.ts': "const lazy = await import('../dialects/index.ts');",
      'sandbox/omni/server.ts': "import '../../secrets/secret.ts';",
      'config/parse-config.ts': "import { looker } from '../vendors/looker/index.ts';",
      'cellar/wine.ts': "import { dialects } from '../dialects/index.ts'; // a folder without a rule",
      'http/client.ts': "// import { x } from '../server/yoga.ts';\nimport { request } from 'undici';",
    },
    expected: [
      'domain/pagination.ts imports graphql/schema-builder.ts',
      'domain/pagination.ts imports graphql',
      'graphql/page.ts imports vendors/define-vendor.ts',
      'graphql/page.ts imports http/client.ts',
      'services/get.ts imports dialects/index.ts',
      'sandbox/omni/server.ts imports secrets/secret.ts',
      'config/parse-config.ts imports vendors/looker/index.ts',
      'cellar/wine.ts imports dialects/index.ts',
    ],
  },
  {
    name: "a vendor's folder is imported only by itself and by vendors/index.ts",
    check: (files) =>
      edges(files)
        .filter(({ from, to }) => {
          const vendor = vendorOf(to);
          return vendor !== undefined && vendor !== vendorOf(from) && from !== 'vendors/index.ts';
        })
        .map(describeImport),
    offender: {
      'vendors/omni/errors.ts':
        "import { lookerDialects } from '../looker/dialects.ts';\nimport { ask } from '../send-and-parse.ts';",
      'vendors/send-and-parse.ts': "import { fromWire } from './omni/from-wire.ts';",
      'vendors/index.ts': "import { omni } from './omni/index.ts';",
    },
    expected: [
      'vendors/omni/errors.ts imports vendors/looker/dialects.ts',
      'vendors/send-and-parse.ts imports vendors/omni/from-wire.ts',
    ],
  },
  {
    name: 'vendors/index.ts is imported only by gateway.ts, commands/ and generate/',
    check: (files) =>
      edges(files)
        .filter(({ to }) => to === 'vendors/index.ts')
        .filter(({ from }) => !isOneOf(from, ['gateway.ts', 'commands/', 'generate/']))
        .map(describeImport),
    offender: {
      'gateway.ts': "import { vendors } from './vendors/index.ts';",
      'commands/start.ts': "const { vendors } = await import('../vendors/index.ts');",
      'server/yoga.ts': "import { vendors } from '../vendors/index.ts';",
    },
    expected: ['server/yoga.ts imports vendors/index.ts'],
  },
  {
    name: 'config/ imports only types from http/',
    check: (files) =>
      edges(files)
        .filter(({ from, to, isTypeOnly }) => folderOf(from) === 'config' && folderOf(to) === 'http' && !isTypeOnly)
        .map(describeImport),
    offender: {
      'config/parse-config.ts':
        "import type { HttpSettings } from '../http/settings.ts';\nimport { createHttpClient } from '../http/failures.ts';",
    },
    expected: ['config/parse-config.ts imports http/failures.ts'],
  },
  {
    name: 'a secret is revealed only in to-wire.ts and auth.ts',
    check: (files) => reveals(files.filter(({ path }) => !['to-wire.ts', 'auth.ts'].includes(nameOf(path)))),
    offender: {
      'vendors/omni/to-wire.ts': 'const body = { password: password.reveal() };',
      'vendors/omni/from-wire.ts': "// password.reveal()\nlog(`why ${password.reveal()}`);\nlog(secret['reveal']());",
      'observability/log.ts': 'const texts = secrets.map((one) => one\n  .reveal());',
    },
    expected: [
      'vendors/omni/from-wire.ts:2 .reveal',
      "vendors/omni/from-wire.ts:3 ['reveal",
      'observability/log.ts:2 .reveal',
    ],
  },
  {
    name: 'only main.ts and commands/ use the process',
    check: (files) =>
      files
        .filter(({ path }) => path !== 'main.ts' && folderOf(path) !== 'commands')
        .flatMap((file) => placesOf(file, /\b(?:node:)?process\b(?!\s*:)/g)),
    offender: {
      'main.ts': 'process.exit(1);',
      'commands/start.ts': 'process.exit(1);',
      'config/parse-config.ts':
        "// For the process.\nconst { env } = process;\nimport { argv } from 'node:process';\nsay('the process ends');",
    },
    expected: ['config/parse-config.ts:2 process', 'config/parse-config.ts:3 node:process'],
  },
  {
    name: 'services/ and graphql/ name no vendor and no dialect',
    check: (files) =>
      files
        .filter(({ path }) => ['services', 'graphql'].includes(folderOf(path)))
        .flatMap((file) =>
          placesOf(file, /\w*(?:looker|omni|credible|chartbrew|postgres|mysql|bigquery|snowflake)\w*/gi),
        ),
    offender: {
      'graphql/page.ts': [
        "const quote = /['`]/; // Omni tells no host",
        "const field = { description: 'Omni tells no host.' };",
        "const isOmni = vendor === 'omni';",
        '/* Looker\n   again */',
        'const text = `by ${sort(`the ${MySqlConfig} way`)} here`;',
      ].join('\n'),
      'vendors/omni/index.ts': "export const omni = 'omni';",
    },
    expected: ['graphql/page.ts:3 isOmni', 'graphql/page.ts:3 omni', 'graphql/page.ts:6 MySqlConfig'],
  },
  {
    name: 'every vendor folder has the same files',
    check: (files) => {
      const paths = files.map(({ path }) => path);
      const vendors = new Set(paths.map(vendorOf).filter((vendor) => vendor !== undefined));
      return [...vendors].flatMap((vendor) => {
        const found = paths
          .filter((path) => /^vendors\/[^/]+\/[^/]+$/.test(path) && vendorOf(path) === vendor)
          .map(nameOf);
        const missing = VENDOR_FILES.filter((name) => !found.includes(name));
        const unexpected = found.filter((name) => ![...VENDOR_FILES, ...OPTIONAL_VENDOR_FILES].includes(name));
        return [
          ...missing.map((name) => `vendors/${vendor}/${name} is missing`),
          ...unexpected.map((name) => `vendors/${vendor}/${name} belongs in a subfolder`),
        ];
      });
    },
    offender: {
      'vendors/send-and-parse.ts': '',
      ...Object.fromEntries(
        [...VENDOR_FILES, 'test-connection.ts', 'wires.ts', 'tls/modes.ts']
          .filter((name) => name !== 'from-wire.ts' && name !== 'wire.ts')
          .map((name) => [`vendors/toy/${name}`, '']),
      ),
    },
    expected: [
      'vendors/toy/from-wire.ts is missing',
      'vendors/toy/wire.ts is missing',
      'vendors/toy/wires.ts belongs in a subfolder',
    ],
  },
  {
    name: 'the derivation has 300 lines at most',
    check: (files) =>
      longerThan(
        300,
        files.filter(({ path }) => path === 'graphql/derive-types.ts'),
      ),
    offender: { 'graphql/derive-types.ts': '//\n'.repeat(301), 'graphql/page.ts': '//\n'.repeat(301) },
    expected: ['graphql/derive-types.ts has 301 lines'],
  },
  {
    name: 'a dialect has 60 lines at most',
    check: (files) =>
      longerThan(
        60,
        files.filter(({ path }) => folderOf(path) === 'dialects'),
      ),
    offender: { 'dialects/postgres.ts': '//\n'.repeat(61), 'dialects/mysql.ts': '//\n'.repeat(60) },
    expected: ['dialects/postgres.ts has 61 lines'],
  },
];

describe('the architecture of src/', async () => {
  const files = await readSource();

  const named = rules.map((rule) => [rule.name, rule] as const);

  it.each(named)('%s', (_name, { check }) => {
    expect(check(files)).toEqual([]);
  });

  it.each(named)('the rule finds an offender: %s', (_name, { check, offender, expected }) => {
    expect(check(Object.entries(offender).map(([path, text]) => ({ path, text })))).toEqual(expected);
  });

  it('the files and words that the rules name exist in src/', () => {
    const paths = files.map(({ path }) => path);
    expect(paths).toEqual(
      expect.arrayContaining([
        'main.ts',
        'gateway.ts',
        'graphql/derive-types.ts',
        'dialects/postgres.ts',
        'vendors/index.ts',
      ]),
    );
    expect(new Set(paths.map(vendorOf))).toEqual(new Set([undefined, 'looker', 'omni', 'credible', 'chartbrew']));
    expect(edges(files)).toEqual(
      expect.arrayContaining([
        { from: 'gateway.ts', to: 'vendors/index.ts', isPackage: false, isTypeOnly: false },
        { from: 'config/parse-instance.ts', to: 'http/settings.ts', isPackage: false, isTypeOnly: true },
        { from: 'vendors/chartbrew/to-wire.ts', to: 'undici', isPackage: true, isTypeOnly: false },
      ]),
    );
    expect(reveals(files).length).toBeGreaterThanOrEqual(4);
    expect(files.flatMap((file) => placesOf(file, /\bprocess\./g)).length).toBeGreaterThan(0);
  });
});
