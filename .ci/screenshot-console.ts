// Takes the pictures of the console in the documents: docs/console-light.png, docs/console-dark.png and docs/console-narrow.png.
import { openConsole } from '../test/console/open-console.ts';

const opened = await openConsole({ server: { graphiql: true } });
try {
  const shots = [
    { name: 'light', colorScheme: 'light', viewport: { width: 1280, height: 720 }, path: '/' },
    { name: 'dark', colorScheme: 'dark', viewport: { width: 1280, height: 720 }, path: '/?q=production_orders' },
    { name: 'narrow', colorScheme: 'light', viewport: { width: 360, height: 720 }, path: '/?vendor=LOOKER' },
  ] as const;
  for (const { name, path, ...context } of shots) {
    const { page, open } = await opened.watch(context);
    await open(path);
    const first = page.locator('tbody a').first();
    await first.waitFor();
    if (name === 'dark') {
      await first.click();
      await page.getByRole('region', { name: 'Details of Looker' }).waitFor();
    }
    await page.screenshot({ path: `docs/console-${name}.png` });
  }
} finally {
  await opened.close();
}
process.exit(0);
