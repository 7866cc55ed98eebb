import { describe, expect, test } from 'vitest';
import { command, fingerNo, understood, zfmBench } from '#tests/support/zfm-bench.ts';
import { frame, kinds } from './frames.ts';
import { type Instruction, instructions } from './instructions.ts';
import { personalities } from './personality.ts';

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');
const LOCKED = 0x21;
const parametersOf = (name: Instruction) => Array(instructions[name].takes).fill(1);

describe('on the wire', () => {
  test('the answers of the sheet, byte for byte', async () => {
    const { send } = await zfmBench();
    expect(hex(await send(command('VfyPwd', 0, 0, 0, 0)))).toBe('ef01ffffffff07000300000a');
    expect(hex(await send(command('GenImg')))).toBe('ef01ffffffff07000302000c');
    expect(hex(await send(command('GetEcho')))).toBe('ef01ffffffff07000355005f');
  });

  test('the parameters of a module like the one that somebody reported, byte for byte', async () => {
    const personality = { ...personalities.zfm20, capacity: 80, newBaud: 'at-once' as const };
    const { ask, send } = await zfmBench({ personality });
    await ask('SetSysPara', 4, 12);
    const real = 'ef01ffffffff07001300000000000050 0003ffffffff0002000c0477'.replace(' ', '');
    expect(hex(await send(command('ReadSysPara')))).toBe(real);
  });

  test('an acknowledgement is as long in failure as in success', async () => {
    for (const [name, kind] of Object.entries(personalities)) {
      const { ask, zfm } = await zfmBench({ personality: name as keyof typeof personalities });
      for (const one of kind.instructions) {
        if ((kind.silentAt as readonly Instruction[]).includes(one) || one === 'SetAddr') continue;
        const { code, extra } = await ask(one, ...parametersOf(one));
        expect([one, code !== undefined, extra.length]).toEqual([one, true, instructions[one].gives]);
      }
      expect(zfm.snapshot().powered).toBe(true);
    }
  });

  test('a command with a wrong sum is told so, in the length of its answer', async () => {
    const { send, ask } = await zfmBench();
    const bad = command('ReadSysPara');
    bad[bad.length - 1]! ^= 1;
    expect(understood(await send(bad))).toMatchObject({ code: 0x01, extra: Array(16).fill(0) });
    expect(await ask('GetEcho')).toMatchObject({ code: 0x55 });
  });

  test('a command with too few parameters is a bad packet', async () => {
    const { ask } = await zfmBench();
    expect(await ask('Search', 1)).toMatchObject({ code: 0x01, extra: [0, 0, 0, 0] });
  });

  test('another address is not answered, and a new one is in the very answer that gives it', async () => {
    const { send, ask } = await zfmBench();
    const to = (address: number) => frame({ address, kind: kinds.command, content: Uint8Array.of(0x53) });
    expect(await send(to(7))).toHaveLength(0);
    expect(hex(await send(command('SetAddr', 0, 0, 0, 7)))).toMatch(/^ef0100000007/);
    expect(await send(to(7))).toHaveLength(12);
    expect(await ask('GetEcho')).toMatchObject({ code: undefined });
  });

  test('half a command is given up after a while, and does not spoil the next one', async () => {
    const { send, ask, clock } = await zfmBench();
    await send(command('GenImg').subarray(0, 10));
    await clock.advance(501);
    expect(await ask('GetEcho')).toMatchObject({ code: 0x55 });
  });

  test('commands one after the other in one piece are answered in their order', async () => {
    const { send } = await zfmBench();
    const both = new Uint8Array(Buffer.concat([Uint8Array.of(0x55), command('GenImg'), command('GetEcho')]));
    expect(hex(await send(both))).toBe('ef01ffffffff07000302000cef01ffffffff07000355005f');
  });
});

describe('a module with a password', () => {
  test('refuses everything but the password after its power was off', async () => {
    const { ask, zfm } = await zfmBench();
    await ask('SetPwd', 0, 0, 0x12, 0x34);
    zfm.powerOff();
    zfm.powerOn();
    for (const name of personalities.zfm20.instructions.filter((one) => one !== 'VfyPwd')) {
      const refusal = { code: LOCKED, extra: Array(instructions[name].gives).fill(0), packets: [] };
      expect(await ask(name, ...parametersOf(name))).toMatchObject(refusal);
    }
    expect(await ask('VfyPwd', 0, 0, 0, 0)).toMatchObject({ code: 0x13 });
    expect(await ask('GetEcho')).toMatchObject({ code: LOCKED });
    expect(await ask('VfyPwd', 0, 0, 0x12, 0x34)).toMatchObject({ code: 0 });
    expect(await ask('GetEcho')).toMatchObject({ code: 0x55 });
    expect((await ask('ReadSysPara')).extra[1]).toBe(0b100);
  });
});

describe('settings', () => {
  test('are kept, and nonsense is refused', async () => {
    const { ask } = await zfmBench({ personality: 'r503' });
    expect(await ask('SetSysPara', 5, 6)).toMatchObject({ code: 0x1b });
    expect(await ask('SetSysPara', 4, 3)).toMatchObject({ code: 0x1b }); // an R503 knows 1, 2, 4, 6 and 12
    expect(await ask('SetSysPara', 7, 1)).toMatchObject({ code: 0x1a });
    expect(await ask('SetSysPara', 5, 4)).toMatchObject({ code: 0 });
    const status = [0, 0, 0, 9, 0, 200, 0, 4, 0xff, 0xff, 0xff, 0xff, 0, 2, 0, 6];
    expect((await ask('ReadSysPara')).extra).toEqual(status);
  });

  test('the notepad has sixteen pages', async () => {
    const { ask } = await zfmBench();
    const words = Array.from({ length: 32 }, (_, i) => i + 1);
    expect(await ask('WriteNotepad', 15, ...words)).toMatchObject({ code: 0 });
    expect(await ask('ReadNotepad', 15)).toMatchObject({ code: 0, extra: words });
    expect(await ask('ReadNotepad', 14)).toMatchObject({ code: 0, extra: Array(32).fill(0) });
    expect(await ask('ReadNotepad', 16)).toMatchObject({ code: 0x1c, extra: Array(32).fill(0) });
  });

  test('random codes differ, and the page of information has its 512 bytes', async () => {
    const { ask } = await zfmBench();
    expect((await ask('GetRandomCode')).extra).not.toEqual((await ask('GetRandomCode')).extra);
    expect((await ask('ReadInfPage')).data).toHaveLength(512);
  });

  test('the ring of an R503 and the lamp of others do as they are told', async () => {
    const r503 = await zfmBench({ personality: 'r503' });
    expect(hex(await r503.send(command('AuraLedConfig', 1, 0x80, 2, 0)))).toBe('ef01ffffffff07000300000a');
    expect(r503.zfm.led).toEqual({ control: 1, speed: 0x80, colour: 2, count: 0 });
    const zfm20 = await zfmBench();
    await zfm20.ask('LedOn');
    expect(zfm20.zfm.led.control).toBe(3);
    await zfm20.ask('LedOff');
    expect(zfm20.zfm.led.control).toBe(4);
  });
});

describe('one is not like the other', () => {
  test('an R503 says its size, and checks its sensor', async () => {
    const { ask } = await zfmBench({ personality: 'r503' });
    const { extra } = await ask('ReadProdInfo');
    expect(Buffer.from(extra.slice(0, 4)).toString()).toBe('R503');
    expect(extra.slice(38)).toEqual([0, 192, 0, 192, 6, 0, 0, 200]);
    expect(await ask('CheckSensor')).toMatchObject({ code: 0 });
    expect(await ask('HandShake')).toMatchObject({ code: 0 });
  });

  test('a ZFM-20 knows nothing of that, and an R308 keeps its parameters to itself', async () => {
    const zfm20 = await zfmBench();
    expect(await zfm20.ask('ReadProdInfo')).toMatchObject({ code: 0x19 });
    const r308 = await zfmBench({ personality: 'r308' });
    expect(await r308.ask('ReadSysPara')).toMatchObject({ code: undefined });
    expect(await r308.ask('VfyPwd', 0, 0, 0, 0)).toMatchObject({ code: 0 });
    const mute = await zfmBench({ personality: { ...personalities.zfm20, toUnknown: 'silence' } });
    expect(await mute.ask('ReadProdInfo')).toMatchObject({ code: undefined });
  });
});

test('a saved module keeps its flash, and comes back without pictures and locked', async () => {
  const { ask, platen, zfm } = await zfmBench();
  platen.present(fingerNo(1));
  await ask('GenImg');
  await ask('Img2Tz', 1);
  await ask('Store', 1, 0, 5);
  await ask('WriteNotepad', 0, ...Array(32).fill(9));
  await ask('SetPwd', 0, 0, 0, 1);
  const saved = JSON.parse(JSON.stringify(zfm.snapshot()));
  const back = await zfmBench({ from: saved, finger: platen });
  expect(await back.ask('TempleteNum')).toMatchObject({ code: LOCKED });
  await back.ask('VfyPwd', 0, 0, 0, 1);
  expect(await back.ask('UpImage')).toMatchObject({ code: 0x0f });
  expect(await back.ask('ReadNotepad', 0)).toMatchObject({ extra: Array(32).fill(9) });
  await back.ask('GenImg');
  await back.ask('Img2Tz', 2);
  expect(await back.ask('Search', 2, 0, 0, 0, 200)).toMatchObject({ code: 0, extra: [0, 5, 0, 123] });
  back.zfm.powerOff();
  const off = await zfmBench({ from: back.zfm.snapshot() });
  expect(await off.ask('GetEcho')).toMatchObject({ code: undefined });
});
