// The version of this package.
import { readFileSync } from 'node:fs';

// The files of dist/ are as deep as this one.
const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {
  version: string;
};

/** The version of this package, such as 1.2.3. */
export const VERSION: string = version;
