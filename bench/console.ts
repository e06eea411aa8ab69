// Measures the console with 2,000 connections in Chromium: how long the page works for one filter, and its longest frame.
// `npx tsx bench/console.ts`
import { LARGE_COUNT, openLargeList } from '../test/console/large-list.ts';

const RUNS = 15;

/** Runs in the browser: notes the longest time between two frames, in milliseconds. */
const WATCH_FRAMES = `
  window.longestFrame = 0;
  let last = performance.now();
  requestAnimationFrame(function tick(now) {
    window.longestFrame = Math.max(window.longestFrame, now - last);
    last = now;
    requestAnimationFrame(tick);
  });
`;

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

const opened = await openLargeList();
try {
  const { page, open } = await opened.watch();
  await open('/');
  await page.getByText(`200 of ${LARGE_COUNT} connections`).waitFor();
  await page.evaluate(WATCH_FRAMES);
  const longest: number[] = [];
  const answered: number[] = [];
  for (let run = 0; run < RUNS; run += 1) {
    await page.evaluate('window.longestFrame = 0');
    const began = performance.now();
    await page.getByLabel('Host contains').fill(`db-${run + 10}.`);
    await page.getByRole('link', { name: `warehouse_00${run + 10}`, exact: true }).waitFor();
    await page.getByText('40 connections', { exact: true }).waitFor();
    answered.push(performance.now() - began);
    longest.push(Number(await page.evaluate('window.longestFrame')));
  }
  process.stdout.write(
    `A filter over ${LARGE_COUNT} connections: ${Math.round(median(answered))} ms until the list is drawn, of which 250 ms are the pause ` +
      `after the last key. Longest frame: median ${median(longest).toFixed(1)} ms, worst ${Math.max(...longest).toFixed(1)} ms.\n`,
  );
} finally {
  await opened.close();
}
process.exit(0);
