// Starts the program on a free port with a fresh data folder, and takes both away again.
import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const START_WITHIN = 30_000;

/** A running program: its address, what it logged, and how to stop it. */
export async function start(environment = {}) {
  const program = process.env.WEALTHWISE_BIN;
  if (!program) throw new Error('WEALTHWISE_BIN is not set: the program to test (make browser sets it)');
  const folder = await mkdtemp(join(tmpdir(), 'wealthwise-'));
  const log = [];
  const child = spawn(program, ['serve'], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...process.env,
      HOST: '127.0.0.1',
      PORT: '0',
      WEALTHWISE_DATA_DIR: folder,
      APP_ENV: 'test',
      ADMIN_ADDR: 'off',
      RATE_LIMIT_ANONYMOUS: '0',
      RATE_LIMIT_USER: '0',
      RATE_LIMIT_LOGIN: '0',
      ...environment,
    },
  });
  createInterface({ input: child.stderr }).on('line', (line) => log.push(line));
  const end = async (signal) => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const gone = new Promise((done) => child.once('exit', done));
    child.kill(signal);
    await gone;
  };
  const stop = async () => {
    await end('SIGTERM');
    await rm(folder, { recursive: true, force: true });
  };
  try {
    const { url, port } = await address(child, log);
    return { url, port, log, stop, kill: () => end('SIGKILL') };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** The program says where it listens. */
function address(child, log) {
  return new Promise((found, failed) => {
    const late = setTimeout(() => failed(new Error(`no start within ${START_WITHIN} ms:\n${log.join('\n')}`)), START_WITHIN);
    createInterface({ input: child.stdout }).on('line', (line) => {
      log.push(line);
      const said = /listens on (\S+)(?: \(port (\d+)\))?/.exec(line);
      if (said) {
        clearTimeout(late);
        found({ url: said[1], port: Number(said[2] ?? new URL(said[1]).port) });
      }
    });
    child.once('error', failed);
    child.once('exit', (code) => {
      clearTimeout(late);
      failed(new Error(`ended with ${code} before it listened:\n${log.join('\n')}`));
    });
  });
}
