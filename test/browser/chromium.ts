// Chromium for tests. Where it is missing, the tests that need it are skipped. .ci/run installs it and sets REQUIRE_BROWSER.
import { existsSync } from 'node:fs';
import { chromium, type Browser } from 'playwright-core';

const executablePath = process.env['CHROMIUM'] ?? '/usr/bin/chromium';

/** Whether tests that need Chromium are skipped. */
export const isBrowserMissing = !existsSync(executablePath) && process.env['REQUIRE_BROWSER'] !== '1';

const ARGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Starts Chromium. */
export const launchBrowser = async (): Promise<Browser> => chromium.launch({ executablePath, args: ARGS });
