// Several processes of the program on one MongoDB and one Redis, behind nginx, which sends each request to the next one.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { start } from './server.js';

const NGINX = ['/usr/sbin/nginx', '/usr/local/sbin/nginx', '/opt/homebrew/bin/nginx'].find(existsSync) ?? 'nginx';

/** `count` processes behind one address. `answered()` says how many requests each has answered; `kill(n)` ends one. */
export async function startFleet(count = 2) {
  const { WEALTHWISE_TEST_MONGODB_URI: mongodb, WEALTHWISE_TEST_REDIS_URL: redis } = process.env;
  if (!mongodb || !redis) throw new Error('MongoDB and Redis are needed: scripts/with-services starts them (make browser does)');
  const folder = await mkdtemp(join(tmpdir(), 'wealthwise-fleet-'));
  const port = await freePort();
  const url = `http://localhost:${port}`;
  const shared = {
    MONGODB_URI: mongodb,
    ENCRYPTION_SECRET: Buffer.alloc(32, 7).toString('base64'),
    MONGODB_DB_NAME: `wealthwise_fleet_${process.pid}`,
    REDIS_URL: redis,
    PUBLIC_URL: url,
    TRUSTED_PROXIES: '127.0.0.1',
  };
  const programs = [];
  let nginx;
  const stop = async () => {
    if (nginx) await ended(nginx);
    for (const program of programs) await program.stop();
    await rm(folder, { recursive: true, force: true });
  };
  try {
    for (let n = 0; n < count; n += 1) programs.push(await start(shared));
    const ports = programs.map((program) => program.port);
    await writeFile(join(folder, 'nginx.conf'), configuration(folder, port, ports));
    nginx = spawn(NGINX, ['-e', 'stderr', '-p', folder, '-c', join(folder, 'nginx.conf')], { stdio: ['ignore', 'ignore', 'pipe'] });
    nginx.stderr.on('data', () => {});
    await answers(`${url}/api/health`);
    const answered = async () => {
      const lines = (await readFile(join(folder, 'access.log'), 'utf8')).trim().split('\n');
      return ports.map((own) => lines.filter((line) => line === `127.0.0.1:${own}`).length);
    };
    return { url, log: programs.flatMap((program) => program.log), stop, answered, kill: (n) => programs[n].kill() };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Requests go round; one that can't be delivered goes to the next. Nothing is kept open between nginx and the program. */
function configuration(folder, port, ports) {
  const at = (name) => join(folder, name);
  return `
    daemon off;
    worker_processes 1;
    pid ${at('nginx.pid')};
    events { worker_connections 256; }
    http {
      log_format who '$upstream_addr';
      access_log ${at('access.log')} who;
      client_body_temp_path ${at('body')};
      proxy_temp_path ${at('proxy')};
      fastcgi_temp_path ${at('fastcgi')};
      uwsgi_temp_path ${at('uwsgi')};
      scgi_temp_path ${at('scgi')};
      client_max_body_size 25m;
      upstream fleet { ${ports.map((own) => `server 127.0.0.1:${own} max_fails=0;`).join(' ')} }
      server {
        listen 127.0.0.1:${port};
        location / {
          proxy_pass http://fleet;
          proxy_http_version 1.1;
          proxy_set_header Host $http_host;
          proxy_set_header X-Forwarded-For $remote_addr;
          proxy_buffering off;
        }
      }
    }`;
}

function freePort() {
  return new Promise((found, failed) => {
    const probe = createServer().once('error', failed);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => found(port));
    });
  });
}

async function answers(url) {
  for (let tries = 0; tries < 200; tries += 1) {
    const fine = await fetch(url).then((answer) => answer.ok, () => false);
    if (fine) return;
    await new Promise((wait) => setTimeout(wait, 50));
  }
  throw new Error(`${url} does not answer`);
}

function ended(child) {
  if (child.exitCode !== null || child.signalCode !== null) return undefined;
  const gone = new Promise((done) => child.once('exit', done));
  child.kill('SIGTERM');
  return gone;
}
