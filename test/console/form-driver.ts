// Fills in the forms of the console as a person would: by the boxes that the page shows.
import type { Page } from 'playwright-core';
import { isSecretSchema, type JsonSchema } from './schema-fields.ts';
import { alternativesOf, propertiesOf } from './schema-fields.ts';

type Values = Readonly<Record<string, unknown>>;

export const byId = (page: Page, id: string) => page.locator(`[id="${id}"]`);

/** Opens everything that is folded. */
export async function unfold(page: Page): Promise<void> {
  const closed = page.locator('[id$="__more"][aria-expanded="false"]');
  while ((await closed.count()) > 0) await closed.first().click();
}

/** Returns the place of a value among the choices that a select box offers for it. */
function choiceOf({ oneOf = [], enum: values, const: constant }: JsonSchema, value: unknown): number {
  if (oneOf.length > 0) return oneOf.findIndex((one) => one.const === value);
  if (constant !== undefined) return 0;
  return (values ?? [true, false]).indexOf(value);
}

const isChoice = ({ type, oneOf = [], enum: values, const: constant }: JsonSchema): boolean =>
  type === 'boolean' || values !== undefined || constant !== undefined || oneOf.some((one) => 'const' in one);

/** Fills in one field, or all fields of a group or a list. */
export async function fill(page: Page, id: string, schema: JsonSchema, value: unknown): Promise<void> {
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) {
      await byId(page, `${id}__add`).click();
      await fill(page, `${id}_${index}`, schema.items ?? {}, item);
    }
    return;
  }
  const alternatives = alternativesOf(schema);
  if (alternatives.length > 0) {
    const [[name, inner] = ['', null]] = Object.entries(value as Values);
    const index = alternatives.findIndex((one) => name in propertiesOf(one));
    await byId(page, `${id}__oneof_select`).selectOption(String(index));
    await fill(page, `${id}_${name}`, propertiesOf(alternatives[index] ?? {})[name] ?? {}, inner);
    return;
  }
  if (typeof value === 'object' && value !== null) {
    const fields = propertiesOf(schema);
    for (const [name, inner] of Object.entries(value)) await fill(page, `${id}_${name}`, fields[name] ?? {}, inner);
    return;
  }
  if (isChoice(schema)) await byId(page, id).selectOption(String(choiceOf(schema, value)));
  else if (isSecretSchema(schema) && String(value).includes('\n')) await paste(page, id, String(value));
  else await byId(page, id).fill(String(value));
}

/** Pastes a text with lines, as from a key file. */
async function paste(page: Page, id: string, text: string): Promise<void> {
  await byId(page, id).evaluate((box, pasted) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text', pasted);
    box.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
  }, text);
}

/** Chooses a dialect and the instances of a new connection, and waits for the form. */
export async function chooseCell(page: Page, dialect: string, instances: readonly string[]): Promise<void> {
  await page.locator('#dialect').selectOption(dialect);
  for (const key of instances) await page.locator(`input[name="target-${key}"]`).check();
  await page.waitForSelector('#root_name');
}
