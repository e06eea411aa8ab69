// The form of a new connection in Chromium, for each of the 48 dialects and vendors of the catalogue.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isBrowserMissing } from '../browser/chromium.ts';
import { chartbrewCreateCases } from '../contract/chartbrew/create-cases/index.ts';
import type { CreateCase } from '../contract/create-case.ts';
import { credibleCreateCases } from '../contract/credible/create-cases/index.ts';
import { lookerCreateCases } from '../contract/looker/create-cases/index.ts';
import { omniCreateCases } from '../contract/omni/create-cases/index.ts';
import type { VendorName } from '../support/gateway.ts';
import { chooseCell, fill, unfold } from './form-driver.ts';
import { openConsole, type OpenConsole, type Watched } from './open-console.ts';
import { boxesOf, type JsonSchema } from './schema-fields.ts';

const cases: Readonly<Record<VendorName, readonly CreateCase[]>> = {
  looker: lookerCreateCases,
  omni: omniCreateCases,
  credible: credibleCreateCases,
  chartbrew: chartbrewCreateCases,
};

interface Support {
  readonly vendor: string;
  readonly status: string;
  readonly createSchema: JsonSchema;
  readonly optionsSchema: JsonSchema | null;
}

interface Info {
  readonly dialect: string;
  readonly inputField: string;
  readonly support: readonly Support[];
}

/** The pairs of a vendor and a dialect for which the vendor can create connections. */
const CELLS = (Object.keys(cases) as VendorName[]).flatMap((vendor) =>
  [...new Set(cases[vendor].map(({ dialect }) => dialect))].map((dialect) => [vendor, dialect] as const),
);

describe.skipIf(isBrowserMissing)('the form of a new connection', () => {
  let opened: OpenConsole;
  let watched: Watched;
  let catalogue: readonly Info[];
  beforeAll(async () => {
    opened = await openConsole();
    watched = await opened.watch({ reducedMotion: 'reduce' });
    const { data } = await opened.served.gateway.ask(
      '{ dialects { dialect inputField support { vendor status createSchema optionsSchema } } }',
    );
    catalogue = data.dialects;
    await watched.open('/create');
  });
  afterAll(() => opened.close());

  it('the cells of this test are those of the catalogue', () => {
    const supported = catalogue.flatMap(({ inputField, support }) =>
      support
        .filter(({ status }) => status === 'SUPPORTED')
        .map(({ vendor }) => `${vendor.toLowerCase()} ${inputField}`),
    );
    expect(CELLS.map((cell) => cell.join(' ')).toSorted()).toEqual(supported.toSorted());
    expect(CELLS).toHaveLength(48);
  });

  /** Returns what the catalogue says about a cell. */
  const cellOf = (vendor: VendorName, inputField: string) => {
    const info = catalogue.find((one) => one.inputField === inputField);
    const support = info?.support.find((one) => one.vendor === vendor.toUpperCase());
    if (!info || !support) throw new Error(`The catalogue has no ${inputField} at ${vendor}.`);
    return { dialect: info.dialect, ...support };
  };

  it.each(CELLS)(
    '%s %s: the form has the fields of the catalogue, a password box for each secret, and creates',
    async (vendor, inputField) => {
      const { page } = watched;
      await watched.open('/create');
      const { dialect, createSchema, optionsSchema } = cellOf(vendor, inputField);
      await chooseCell(page, dialect, [vendor]);
      const boxes = [
        ...boxesOf('root_config', createSchema),
        ...(optionsSchema ? boxesOf(`root_options_${vendor}`, optionsSchema) : []),
      ];
      const shown = await page
        .locator('form')
        .locator('input[id^="root_"], select[id^="root_"], textarea[id^="root_"], button[id$="__add"]')
        .evaluateAll((all) => all.map((box) => ({ id: box.id, type: (box as HTMLInputElement).type })));
      expect(shown.map(({ id }) => id).toSorted()).toEqual(['root_name', ...boxes.map(({ id }) => id)].toSorted());

      const secrets = boxes.filter(({ isSecret }) => isSecret).map(({ id }) => id);
      expect(
        shown
          .filter(({ type }) => type === 'password')
          .map(({ id }) => id)
          .toSorted(),
      ).toEqual(secrets.toSorted());

      const inputs = cases[vendor].filter((one) => one.dialect === inputField);
      // The second input of a dialect has more fields than the first. A multipart body is not compared: other tests do.
      const { config, options = {}, body, label } = (inputs[1] ?? inputs[0]) as CreateCase;
      const name = `form_${inputField.toLowerCase()}`;
      await unfold(page);
      await page.locator('#root_name').fill(name);
      await fill(page, 'root_config', createSchema, config);
      await fill(page, 'root_options', { properties: { [vendor]: optionsSchema ?? {} } }, options);
      await page.getByRole('button', { name: 'Create', exact: true }).click();
      await page.getByText('The page has forgotten the secrets that you entered.').waitFor({ timeout: 20_000 });
      const received = await opened.served.gateway.received(vendor);
      const sent = received.filter((one) => one.method === 'POST' && one.body.includes(`"${name}"`));
      expect(sent, label).toHaveLength(1);
      const isJson = sent[0]?.headers['content-type']?.startsWith('application/json');
      expect(isJson ? JSON.parse(sent[0]?.body ?? '') : body, label).toMatchObject(body);
    },
  );

  it('the browser complained about nothing', () => {
    expect(watched.complaints).toEqual([]);
  });
});
