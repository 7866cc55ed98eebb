import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openBroker } from '#central/broker/broker.ts';
import { mosquittoAcl } from '#contract/uplink/acl.ts';
import { maxMessageBytes } from '#contract/uplink/messages.ts';
import { passwords, people } from './cells.ts';

export const mosquittoPath = '/usr/sbin/mosquitto';

export interface RunningBroker extends AsyncDisposable {
  port: number;
}

/** The broker inside central, with three people who may come in. */
export async function openAedes(): Promise<RunningBroker> {
  return openBroker({
    host: '127.0.0.1',
    port: 0,
    authenticate(name, password) {
      const known = people.find((person) => person === name);
      if (!known || passwords[known] !== password) return null;
      return known === 'central' ? { side: 'central' } : { side: 'kiosk', kiosk: known };
    },
  });
}

/** Debian's Mosquitto on a free loopback port, with the access list that we hand out for it. */
export async function openMosquitto(): Promise<RunningBroker> {
  const folder = mkdtempSync(join(tmpdir(), 'anjungan-mosquitto-'));
  const port = await freePort();
  const passwordFile = join(folder, 'passwords');
  writeFileSync(passwordFile, people.map((person) => `${person}:${passwords[person]}\n`).join(''), { mode: 0o600 });
  spawnSync('mosquitto_passwd', ['-U', passwordFile]); // hashes the file in place
  writeFileSync(join(folder, 'mosquitto.acl'), mosquittoAcl(), { mode: 0o600 });
  writeFileSync(join(folder, 'mosquitto.conf'), settings(folder, port));
  const broker = spawn(mosquittoPath, ['-c', join(folder, 'mosquitto.conf')], { stdio: ['ignore', 'ignore', 'pipe'] });
  const ended = new Promise<void>((resolve) => broker.once('close', () => resolve()));
  await saidToRun(broker.stderr);
  return {
    port,
    async [Symbol.asyncDispose]() {
      broker.kill('SIGKILL'); // by its own id
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

const settings = (folder: string, port: number) => `
user root
listener ${port} 127.0.0.1
allow_anonymous false
password_file ${folder}/passwords
acl_file ${folder}/mosquitto.acl
use_username_as_clientid true
message_size_limit ${maxMessageBytes}
persistence false
set_tcp_nodelay true
log_dest stderr
`;

async function saidToRun(stderr: NodeJS.ReadableStream): Promise<void> {
  let said = '';
  for await (const chunk of stderr) {
    said += chunk;
    if (/running/.test(said)) return void stderr.resume();
  }
  throw new Error(`mosquitto did not start: ${said}`);
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  await new Promise<void>((resolve) => server.close(() => resolve()));
  return port;
}
