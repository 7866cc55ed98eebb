import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Program } from './stage.ts';

export const mosquittoPath = '/usr/sbin/mosquitto';
const acl = join(import.meta.dirname, '../../docs/contract/mosquitto.acl');

/** Debian's Mosquitto with the access list that we hand out for it. It keeps nothing over its own death. */
export function openMosquitto(folder: string, port: number, passwords: Record<string, string>): Program {
  if (!existsSync(mosquittoPath)) throw new Error(`there is no ${mosquittoPath}: apt-get install mosquitto`);
  const own = join(folder, 'broker');
  mkdirSync(own, { recursive: true });
  admit(folder, passwords);
  copyFileSync(acl, join(own, 'mosquitto.acl'));
  const settings = [
    `listener ${port} 127.0.0.1`,
    'allow_anonymous false',
    `password_file ${own}/passwords`,
    `acl_file ${own}/mosquitto.acl`,
    'use_username_as_clientid true',
    'persistence false',
    'set_tcp_nodelay true',
    'log_dest stderr',
    ...(process.getuid?.() === 0 ? ['user root'] : []),
  ];
  writeFileSync(join(own, 'mosquitto.conf'), `${settings.join('\n')}\n`);
  return { name: 'mosquitto', command: [mosquittoPath, '-c', join(own, 'mosquitto.conf')], speaks: false };
}

/** Lets these in from its next start on, and goes on letting in whoever it knew under another name. */
export function admit(folder: string, passwords: Record<string, string>): void {
  const path = join(folder, 'broker/passwords');
  if (!existsSync(path)) writeFileSync(path, '', { mode: 0o600 });
  for (const [name, password] of Object.entries(passwords)) spawnSync('mosquitto_passwd', ['-b', path, name, password]);
}
