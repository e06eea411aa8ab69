// Starts the servers of the bench, each pinned to a core, and reads their CPU time and memory from /proc.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, readdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';

const canPin = process.platform === 'linux' && availableParallelism() > 1;
/** The core of the measured server, and the core of the load and the upstream. */
export const CORES = { server: '0', load: '1' };

const pinned = (core, command, args) => (canPin ? ['taskset', ['-c', core, command, ...args]] : [command, args]);

/**
 * Starts a process that makes load, on the load's core.
 * @returns the process; its standard output is a pipe.
 */
export function startLoad(args) {
  const [command, commandArgs] = pinned(CORES.load, process.execPath, args);
  return spawn(command, commandArgs, { stdio: ['ignore', 'pipe', 'inherit'] });
}

/** Moves this process, which makes the load, to the load's core. */
export function pinSelf() {
  if (canPin) spawn('taskset', ['-cp', CORES.load, String(process.pid)], { stdio: 'ignore' });
}

/**
 * Starts a server and waits until `portIn` finds its port in a line of its output.
 * @param {{ core: string, args: string[], env?: object, cwd?: string, portIn: (line: string) => object | null }} options
 * @returns {Promise<{ pid: number, url: string, startMs: number, stop: () => Promise<void> }>}
 */
export async function startServer({ core, args, env = {}, cwd, portIn }) {
  const began = performance.now();
  const [command, commandArgs] = pinned(core, process.execPath, args);
  const child = spawn(command, commandArgs, {
    cwd,
    env: { ...process.env, NODE_ENV: 'production', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  const found = await new Promise((resolve, reject) => {
    const read = (chunk) => {
      output += chunk;
      for (const line of output.split('\n')) {
        const place = portIn(line);
        if (place) resolve(place);
      }
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    child.once('exit', () => reject(new Error(`A server ended before it listened:\n${output.slice(-2000)}`)));
  });
  output = '';
  child.stdout.removeAllListeners('data').resume();
  child.stderr.removeAllListeners('data').resume();
  return {
    pid: child.pid,
    url: `http://127.0.0.1:${found.port}${found.path ?? '/graphql'}`,
    startMs: performance.now() - began,
    stop: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill('SIGTERM');
      const timer = setTimeout(() => child.kill('SIGKILL'), 3000);
      await once(child, 'exit');
      clearTimeout(timer);
    },
  };
}

/** Reads a line such as {"port":4000}. */
export function jsonPort(line) {
  try {
    const value = JSON.parse(line);
    return typeof value.port === 'number' && value.level === undefined ? value : null;
  } catch {
    return null;
  }
}

/** Returns the CPU time that all threads of a process have used, in milliseconds, by the scheduler's count. */
export function cpuMs(pid) {
  let nanoseconds = 0;
  for (const task of readdirSync(`/proc/${pid}/task`)) {
    try {
      nanoseconds += Number(readFileSync(`/proc/${pid}/task/${task}/schedstat`, 'utf8').split(' ')[0]);
    } catch {
      // The thread has ended since the folder was read.
    }
  }
  return nanoseconds / 1e6;
}

const statusMb = (pid, key) =>
  Number(new RegExp(`^${key}:\\s+(\\d+) kB`, 'm').exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024;
/** Returns the resident memory of a process now, in MB. */
export const residentMb = (pid) => statusMb(pid, 'VmRSS');
/** Returns the largest resident memory that a process has had, in MB. */
export const peakMb = (pid) => statusMb(pid, 'VmHWM');
