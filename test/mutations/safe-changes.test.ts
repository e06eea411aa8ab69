// The table of fields that can change without the stored secrets, in docs/secrets.md. The suite that changes each field is
// safe-changes.full.ts.
import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { withSafeChanges } from '../../src/generate/safe-changes-table.ts';
import { vendors } from '../../src/gateway.ts';

it('the table of safe changes in docs/secrets.md has the fields that the definitions name', async () => {
  const page = await readFile(new URL('../../docs/secrets.md', import.meta.url), 'utf8');
  expect(page).toBe(withSafeChanges(page, vendors));
});
