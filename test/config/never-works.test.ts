// Credentials and addresses that can never work are reported at the start, before a vendor refuses them.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CANARY, chartbrew, credible, looker, omni, parseOne, problemsOf } from './instances.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'patchbay-config-'));
});
afterAll(async () => rm(folder, { recursive: true }));

const MORE_THAN_TEXT = 'must be the key only, without';
const UNFILLED = 'holds a reference that was not replaced; references are ${NAME} and ${file:path}';

describe('a text that cannot be a credential', () => {
  const credentials: readonly (readonly [object, string])[] = [
    [looker, 'clientId'],
    [looker, 'clientSecret'],
    [omni, 'apiKey'],
    [credible, 'token'],
    [{ ...credible, token: undefined }, 'apiKey'],
    [chartbrew, 'apiKey'],
  ];
  const texts: readonly (readonly [text: string, problem: string])[] = [
    [`Bearer ${CANARY}`, `${MORE_THAN_TEXT} the word Bearer before it`],
    [`bearer ${CANARY}`, `${MORE_THAN_TEXT} the word Bearer before it`],
    [`token ${CANARY}`, `${MORE_THAN_TEXT} the word token before it`],
    [`ApiKey ${CANARY}`, `${MORE_THAN_TEXT} the word ApiKey before it`],
    [`Basic ${CANARY}`, `${MORE_THAN_TEXT} the word Basic before it`],
    [`Authorization: Bearer ${CANARY}`, `${MORE_THAN_TEXT} the word Bearer before it`],
    [`X-Api-Key: ${CANARY}`, `${MORE_THAN_TEXT} the name of a header before it`],
    [`"${CANARY}"`, 'is in quotes; remove them'],
    [`'${CANARY}'`, 'is in quotes; remove them'],
    ['${FROM_ENVIRONMENT}', UNFILLED],
    ['$7Canary_KEY'.replace('7', '_7'), UNFILLED],
    ['{{ vault.7Canary }}', UNFILLED],
    ...[
      'changeme',
      'CHANGE_ME',
      'change-me',
      'your-api-key',
      'YOUR_7CANARY_TOKEN',
      '<token>',
      '[REDACTED]',
      'xxxxxxxx',
      '********',
      'null',
      'TODO',
      'insert-your-key-here',
    ].map((text) => [text, 'is a placeholder; replace it by the real value'] as const),
  ];

  it.each(texts)('a text that cannot be a credential is reported for every vendor: %s', async (text, problem) => {
    for (const [instance, name] of credentials) {
      // Set in the environment, which allows texts that YAML does not.
      const environment = { CREDENTIAL: text === '${FROM_ENVIRONMENT}' ? `\${${CANARY}}` : text };
      const problems = await problemsOf(() => parseOne({ ...instance, [name]: '${CREDENTIAL}' }, environment));
      expect(problems, name).toEqual([`instances[0].${name}: ${problem}`]);
    }
  });

  it('a text that cannot be a credential is reported in a mounted file', async () => {
    const path = join(folder, 'bearer');
    await writeFile(path, `Bearer ${CANARY}\n`);
    expect(await problemsOf(() => parseOne({ ...omni, apiKey: `\${file:${path}}` }))).toEqual([
      'instances[0].apiKey: must be the key only, without the word Bearer before it',
    ]);
    await writeFile(path, Buffer.from(`\ufeff${CANARY}\n`, 'utf16le'));
    expect(await problemsOf(() => parseOne({ ...omni, apiKey: `\${file:${path}}` }))).toEqual([
      'instances[0].apiKey: names a file that is not UTF-8 text',
    ]);
  });

  it.each([
    [`\${NAME:-${CANARY}}`, 'holds a reference that is neither ${NAME} nor ${file:path}'],
    ['${}', 'holds a reference that is neither ${NAME} nor ${file:path}'],
    [`\${${CANARY}`, 'holds a reference without its closing }'],
  ])('a malformed reference is reported: %s', async (template, problem) => {
    const instance = { ...omni, label: template, apiKey: template };
    expect(await problemsOf(() => parseOne(instance, { NAME: CANARY }))).toEqual([
      `instances[0].apiKey: ${problem}`,
      `instances[0].label: ${problem}`,
    ]);
  });

  it.each(['Bearer7Canary', 'tokenized7Canary', 'a"7Canary"b', 'your7Canary', 'nullable7Canary', '7Canary$KEY'])(
    'a text that can be a credential is accepted: %s',
    (apiKey) => {
      expect(parseOne({ ...omni, apiKey }).instances).toHaveLength(1);
    },
  );
});

describe('an address that can never work', () => {
  const LOOKER = 'the address must end in /api/4.0';
  const OMNI = 'the address must end in /api';
  const CREDIBLE = 'the address must end in /api/v0';
  const CHARTBREW_TEAM = 'contains the team, which belongs in the key teamId; the address must end before /team';

  it.each<readonly [object, string, string]>([
    [looker, 'https://acme.cloud.looker.com', `is not the address of the API; ${LOOKER}`],
    [looker, 'https://acme.cloud.looker.com:19999/', `is not the address of the API; ${LOOKER}`],
    [looker, 'https://acme.cloud.looker.com/login', `is not the address of the API; ${LOOKER}`],
    [looker, 'https://acme.cloud.looker.com/api', `is not the address of the API; ${LOOKER}`],
    [looker, 'https://acme.cloud.looker.com/api/4.0/connections', `continues after the path of the API; ${LOOKER}`],
    [looker, 'https://acme.looker.com/api/3.1', `is the address of another version of the API than 4.0; ${LOOKER}`],
    [
      looker,
      'https://acme.looker.com/api/3.1/login',
      `is the address of another version of the API than 4.0; ${LOOKER}`,
    ],
    [omni, 'https://acme.omniapp.co', `is not the address of the API; ${OMNI}`],
    [omni, 'https://acme.omniapp.co/connections', `is not the address of the API; ${OMNI}`],
    [omni, 'https://acme.omniapp.co/api/v1', `holds the version of the API, which is added to it; ${OMNI}`],
    [
      omni,
      'https://acme.omniapp.co/api/v1/connections/',
      `holds the version of the API, which is added to it; ${OMNI}`,
    ],
    [credible, 'https://acme.admin.credibledata.com', `is not the address of the API; ${CREDIBLE}`],
    [credible, 'https://acme.admin.credibledata.com/api', `is not the address of the API; ${CREDIBLE}`],
    [credible, 'https://acme.example/api/v1', `is the address of another version of the API than v0; ${CREDIBLE}`],
    [
      credible,
      'https://acme.admin.credibledata.com/api/v0/organizations/acme/projects/analytics',
      `contains the organization, which belongs in the key organization; ${CREDIBLE}`,
    ],
    [credible, 'https://acme.admin.credibledata.com/api/v0/status', `continues after the path of the API; ${CREDIBLE}`],
    [chartbrew, 'https://api.chartbrew.com/api', 'has a path, and the API of Chartbrew has none; leave it out'],
    [chartbrew, 'https://api.chartbrew.com/team/7', CHARTBREW_TEAM],
    [chartbrew, 'https://chartbrew.example/chartbrew/team/7/connections', CHARTBREW_TEAM],
    [
      chartbrew,
      'https://app.chartbrew.com',
      'is the address of the web page; the address of the API is https://api.chartbrew.com',
    ],
  ])('an address that can never work is reported: %o at %s', async (instance, baseUrl, problem) => {
    expect(await problemsOf(() => parseOne({ ...instance, baseUrl }))).toEqual([`instances[0].baseUrl: ${problem}`]);
  });

  it.each<readonly [object, string]>([
    [looker, 'https://looker.example:19999/api/4.0'],
    [looker, 'https://tools.example/looker/api/4.0'],
    [omni, 'https://acme.playground.exploreomni.dev/api'],
    [omni, 'https://tools.example/omni/api'],
    [credible, 'https://app.credibledata.com/api/v0'],
    [chartbrew, 'https://chartbrew.example:4019'],
    [chartbrew, 'https://tools.example/chartbrew'],
  ])('an address that may work is accepted: %o at %s, with or without a slash at its end', (instance, baseUrl) => {
    for (const end of ['', '/', '//']) {
      const { instances, warnings } = parseOne({ ...instance, baseUrl: baseUrl + end });
      expect(instances[0]?.http.baseUrl).toBe(baseUrl);
      expect(warnings).toEqual([]);
    }
  });

  it('a path in the address of Chartbrew is a warning only, because a proxy may add it', () => {
    const { instances, warnings } = parseOne({ ...chartbrew, baseUrl: 'https://chartbrew.example/api' });
    expect(instances).toHaveLength(1);
    expect(warnings).toEqual([
      'instances[0].baseUrl: ends in a path that Chartbrew itself does not have; leave it out unless a proxy adds it',
    ]);
  });
});
