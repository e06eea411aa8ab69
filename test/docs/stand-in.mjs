// Stands in for the programs in the shell blocks of the documents, so that a block can run in a test. `patchbay`, and `npm start`, run the
// built command, and stop it when it serves. Of all other programs only the arguments are checked.
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = new URL('../../', import.meta.url);
const fileOf = (path) => fileURLToPath(new URL(path, root));

/** Ends with an error. */
function refuse(why) {
  process.stderr.write(`${why}\n`);
  process.exit(1);
}

/** Runs the command `patchbay`. Its exit code is that of this process. */
function runPatchbay(args) {
  const child = spawn(process.execPath, [fileOf('dist/main.js'), ...args], { stdio: ['inherit', 'pipe', 'inherit'] });
  let printed = '';
  let isStopped = false;
  child.stdout.on('data', (text) => {
    printed += text;
    // A second signal would end the process at once.
    if (isStopped || !printed.includes('Patchbay is ready at')) return;
    isStopped = child.kill('SIGTERM');
  });
  child.on('close', (code, signal) => {
    process.stdout.write(printed);
    if (code !== 0) process.stderr.write(`patchbay ended with ${code ?? signal}\n`);
    process.exitCode = code ?? 1;
  });
}

function runNpm(args) {
  const [command = '', ...rest] = args.filter((arg) => arg !== '--silent');
  if (command === 'start') return runPatchbay(rest.slice(rest.indexOf('--') + 1));
  const name = command === 'run' ? rest[0] : command;
  const { scripts } = JSON.parse(readFileSync(fileOf('package.json'), 'utf8'));
  if (name !== 'ci' && !(name in scripts)) refuse(`There is no script ${name}.`);
}

/** Checks that the file after each of these options, or a file without an option, is in the repository. */
function checkFiles(args, options) {
  const files = args.filter((arg, index) => options.includes(args[index - 1]) || (options.length === 0 && arg !== ''));
  for (const file of files) if (!existsSync(fileOf(file))) refuse(`There is no file ${file}.`);
}

const [program = '', ...args] = process.argv.slice(2);
const PROGRAMS = {
  patchbay: () => runPatchbay(args),
  npm: () => runNpm(args),
  node: () => checkFiles(args.slice(0, 1), []),
  docker: () => checkFiles(args[0] === 'build' ? [...args, '--file', 'Dockerfile'] : args, ['--file']),
  kubectl: () => checkFiles(args, ['--filename']),
};
PROGRAMS[program]();
