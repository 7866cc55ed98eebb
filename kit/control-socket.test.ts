import { once } from 'node:events';
import { mkdtempSync, statSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { askControl, serveControl } from './control-socket.ts';

/** A program that listens and notes what it is told. */
async function program() {
  const path = join(mkdtempSync(join(tmpdir(), 'anjungan-control-')), 'control.sock');
  const heard: [string, unknown][] = [];
  const server = await serveControl(path, async (command, args) => {
    heard.push([command, args]);
    if (command === 'fail') throw new Error('there is no such blank');
    return command === 'silent' ? undefined : { you: args };
  });
  return { path, heard, server };
}

/** Says these pieces on one connection and gives what comes back until it ends. */
async function says(path: string, ...pieces: (string | Uint8Array)[]) {
  const socket = connect(path);
  await once(socket, 'connect');
  let text = '';
  socket.on('data', (chunk) => {
    text += String(chunk);
  });
  const over = new Promise((resolve) => {
    socket.on('error', resolve);
    socket.on('close', resolve);
  });
  for (const piece of pieces) {
    await new Promise((resolve) => socket.write(piece, resolve));
    await new Promise((resolve) => setImmediate(resolve));
  }
  await over;
  return text;
}

describe('a command', () => {
  test('is heard and answered, in any language', async () => {
    const { path, heard, server } = await program();
    const site = { name: 'Kampung Baru – Ḁ 人', text: 'x'.repeat(20_000) };
    expect(await askControl(path, 'register', site)).toEqual({ you: site });
    expect(await askControl(path, 'silent', {})).toBeNull();
    expect(heard.map(([command]) => command)).toEqual(['register', 'silent']);
    await server[Symbol.asyncDispose]();
  });

  test('that fails is answered with the reason, and the program goes on', async () => {
    const { path, server } = await program();
    await expect(askControl(path, 'fail', {})).rejects.toThrow('there is no such blank');
    expect(await askControl(path, 'again', {})).toEqual({ you: {} });
    await server[Symbol.asyncDispose]();
  });

  test('that comes in pieces, in the middle of a letter too, is one command', async () => {
    const { path, heard, server } = await program();
    const line = Buffer.from(`${JSON.stringify({ command: 'name', args: { name: '人' } })}\n`);
    const cut = line.indexOf(Buffer.from('人')) + 1;
    await says(path, line.subarray(0, 5), line.subarray(5, cut), line.subarray(cut));
    expect(heard).toEqual([['name', { name: '人' }]]);
    await server[Symbol.asyncDispose]();
  });

  test('is done once, whatever else is said on its connection', async () => {
    const { path, heard, server } = await program();
    const line = '{"command":"load","args":{}}\n';
    await says(path, line, 'and more\n', line);
    await says(path, line + line);
    expect(heard).toHaveLength(2);
    await server[Symbol.asyncDispose]();
  });

  test.each(['not JSON\n', 'null\n', '17\n', '\n'])('%j is refused and harms nobody', async (line) => {
    const { path, heard, server } = await program();
    expect(JSON.parse(await says(path, line))).toMatchObject({ ok: false });
    expect(heard).toEqual([]);
    await server[Symbol.asyncDispose]();
  });

  test('that is too long is cut off and not obeyed, even where it ends well', async () => {
    const { path, heard, server } = await program();
    const long = `${JSON.stringify({ command: 'load', args: { text: 'x'.repeat(70_000) } })}\n`;
    expect(await says(path, long)).toBe('');
    expect(await says(path, 'x'.repeat(70_000))).toBe('');
    await expect(askControl(path, 'load', { text: 'x'.repeat(70_000) })).rejects.toThrow();
    expect(heard).toEqual([]);
    await server[Symbol.asyncDispose]();
  });
});

describe('the socket', () => {
  test('is for its owner only, and one that a dead process left is replaced', async () => {
    const path = join(mkdtempSync(join(tmpdir(), 'anjungan-control-')), 'control.sock');
    writeFileSync(path, '');
    const server = await serveControl(path, async () => 'here');
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(await askControl(path, 'ping', {})).toBe('here');
    await server[Symbol.asyncDispose]();
  });

  test('where nobody runs is said in one line', async () => {
    await expect(askControl('/nowhere/control.sock', 'ping', {})).rejects.toThrow(/nothing runs at .*start it first/);
  });
});
