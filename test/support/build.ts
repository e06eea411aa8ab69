// Builds the gateway once, before the tests that start it as a process.
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

export default async function build(): Promise<void> {
  await promisify(execFile)('npm', ['run', '--silent', 'build']);
}
