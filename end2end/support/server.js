// Starts the program on a free port with a fresh data folder, and takes both away again.
import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const START_WITHIN = 30_000;

/** A running program: its address, what it logged, and how to stop it. */
export async function start() {
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
    },
  });
  createInterface({ input: child.stderr }).on('line', (line) => log.push(line));
  const stop = async () => {
    const gone = child.exitCode === null && new Promise((done) => child.once('exit', done));
    child.kill('SIGTERM');
    await gone;
    await rm(folder, { recursive: true, force: true });
  };
  try {
    return { url: await address(child, log), log, stop };
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
      const url = /listens on (\S+)/.exec(line)?.[1];
      if (url) {
        clearTimeout(late);
        found(url);
      }
    });
    child.once('error', failed);
    child.once('exit', (code) => {
      clearTimeout(late);
      failed(new Error(`ended with ${code} before it listened:\n${log.join('\n')}`));
    });
  });
}
