// The fields that each vendor requires and refuses for each of its dialects: all issues at once, each with its path, before
// any call.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { refusalOf } from '../support/create-connection.ts';
import { startTestGateway, type TestGateway } from '../support/gateway.ts';
import type { CreateCaseRules, VendorRules } from './create-case.ts';
import { chartbrewRules } from './chartbrew/create-cases/index.ts';
import { credibleRules } from './credible/create-cases/index.ts';
import { everyField } from './every-field.ts';
import { lookerRules } from './looker/create-cases/index.ts';
import { omniRules } from './omni/create-cases/index.ts';

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startTestGateway();
});
afterAll(() => gateway.close());

const rows = (vendor: string, rules: VendorRules) =>
  Object.entries(rules).map(([dialect, rule]): [string, string, CreateCaseRules] => [vendor, dialect, rule]);

const cells = [
  ...rows('looker', lookerRules),
  ...rows('omni', omniRules),
  ...rows('credible', credibleRules),
  ...rows('chartbrew', chartbrewRules),
];

describe('The required fields of each vendor and dialect', () => {
  it.each(cells.filter(([, , { missing }]) => missing.length > 0))(
    'an empty input reports all required fields at once: %s, %s',
    async (instance, dialect, { missing }) => {
      expect(await refusalOf(gateway, { instance, name: 'cell', config: { [dialect]: {} } })).toEqual(
        missing.map((field) => `config.${dialect}.${field} REQUIRED`).toSorted(),
      );
    },
  );
});

describe('A field that the vendor does not accept for the dialect', () => {
  it.each(cells.filter(([, , { refused }]) => refused.length > 0))(
    'a field that the vendor does not accept for the dialect is refused: %s, %s',
    async (instance, dialect, { refused }) => {
      const config = { [dialect]: everyField[dialect as keyof typeof everyField] };
      const found = await refusalOf(gateway, { instance, name: 'cell', config });
      expect(found.filter((one) => one.endsWith(' NOT_ALLOWED'))).toEqual(
        refused.map((field) => `config.${dialect}.${field} NOT_ALLOWED`).toSorted(),
      );
    },
  );
});
