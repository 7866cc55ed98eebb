import { describe, expect, test } from 'vitest';
import { command, fingerNo, understood, zfmBench } from '#tests/support/zfm-bench.ts';
import type { ZfmFault } from './faults.ts';

const ECHO = 0x55;
const echo = [0xef, 0x01, 0xff, 0xff, 0xff, 0xff, 0x07, 0x00, 0x03, 0x55, 0x00, 0x5f];
const wholeImage = 12 + 288 * (128 + 11);

async function benchWithPicture(options = {}) {
  const bench = await zfmBench(options);
  bench.platen.present(fingerNo(1));
  await bench.send(command('GenImg'), 1000);
  return bench;
}

describe('one byte', () => {
  const struck: readonly (readonly [ZfmFault, number[]])[] = [
    [{ is: 'drop-byte', at: 2 }, echo.toSpliced(2, 1)],
    [{ is: 'flip-byte', at: 11 }, echo.with(11, 0x4f)],
    [{ is: 'stray-55', at: 0 }, [0x55, ...echo]],
    [{ is: 'stray-55', at: 6 }, echo.toSpliced(6, 0, 0x55)],
    [{ is: 'cut-off', at: 5 }, echo.slice(0, 5)],
  ];

  test.each(struck)('%j strikes where it was told to, once', async (fault, said) => {
    const { zfm, send } = await zfmBench();
    zfm.misbehave(fault);
    expect([...(await send(command('GetEcho')))]).toEqual(said);
    expect([...(await send(command('GetEcho')))]).toEqual(echo);
    expect(zfm.snapshot().fault).toBe('none');
  });

  test('far into an image, too', async () => {
    const { zfm, send } = await benchWithPicture();
    const whole = await send(command('UpImage'));
    zfm.misbehave({ is: 'flip-byte', at: 20_000 });
    const other = await send(command('UpImage'));
    expect(other).toEqual(whole.with(20_000, whole[20_000]! ^ 0x10));
    zfm.misbehave({ is: 'cut-off', at: 30_000 });
    expect(await send(command('UpImage'))).toHaveLength(30_000);
    expect(await send(command('UpImage'))).toHaveLength(wholeImage);
  });
});

test('silence: commands are obeyed, and nothing is answered until it is over', async () => {
  const { zfm, ask } = await zfmBench({ personality: 'r503' });
  zfm.misbehave('silent');
  expect(await ask('AuraLedConfig', 3, 0, 1, 0)).toMatchObject({ code: undefined });
  expect(zfm.led).toMatchObject({ control: 3, colour: 1 });
  zfm.misbehave('none');
  expect(await ask('HandShake')).toMatchObject({ code: 0 });
});

test('a late answer comes before the next one', async () => {
  const { zfm, ask, send } = await zfmBench();
  zfm.misbehave('late-ack');
  expect(await ask('GenImg')).toMatchObject({ code: undefined });
  const said = await send(command('GetEcho'));
  expect(said).toHaveLength(24);
  expect([said[9], said[21]]).toEqual([0x02, ECHO]);
  expect(await ask('GetEcho')).toMatchObject({ code: ECHO, packets: [] });
});

test('a power cut ends an image in its middle, and nothing comes until the power is back', async () => {
  const { zfm, send } = await benchWithPicture({ pacing: 'baud' });
  zfm.misbehave({ is: 'power-cut', at: 10_000 });
  expect(await send(command('UpImage'), 7500)).toHaveLength(10_000);
  expect(zfm.snapshot().powered).toBe(false);
  expect(await send(command('GetEcho'), 100)).toHaveLength(0);
  zfm.powerOn();
  expect(await send(new Uint8Array(), 600)).toHaveLength(0);
  expect(understood(await send(command('UpImage'), 10)).code).toBe(0x0f); // the image went with the power
});

test('packets of another size than was agreed still make the whole image', async () => {
  const { zfm, ask } = await benchWithPicture();
  const { data } = await ask('UpImage');
  zfm.misbehave('wrong-chunks');
  const other = await ask('UpImage');
  expect(other.packets.map(({ content }) => content.length)).toEqual(Array(144).fill(256));
  expect(other.data).toEqual(data);
  expect((await ask('ReadSysPara')).extra.slice(12, 14)).toEqual([0, 2]);
});

test('a module that somebody set to another speed is found there', async () => {
  const { zfm, ask, plugIn } = await zfmBench({ baudRate: 57_600 });
  zfm.misbehave({ is: 'baud', n: 1 });
  expect(await ask('GetEcho')).toMatchObject({ code: undefined });
  await plugIn(9600);
  expect(await ask('GetEcho')).toMatchObject({ code: ECHO });
  expect((await ask('ReadSysPara')).extra.slice(14)).toEqual([0, 1]);
});

test('a broken sensor takes no picture, and says so when it is asked', async () => {
  const { zfm, ask, platen } = await zfmBench({ personality: 'r503' });
  platen.present(fingerNo(1));
  zfm.misbehave('sensor-broken');
  expect(await ask('GenImg')).toMatchObject({ code: 0x03 });
  expect(await ask('CheckSensor')).toMatchObject({ code: 0x29 });
  zfm.misbehave('none');
  expect(await ask('GenImg')).toMatchObject({ code: 0 });
});

test('the cable can be pulled in the middle of an image, and put back', async () => {
  const { zfm, send, plugIn, clock } = await benchWithPicture({ pacing: 'baud' });
  const link = await plugIn();
  await send(command('UpImage'), 1000);
  zfm.misbehave('drop-link');
  expect(await link.closed).toEqual({ reason: 'closed-there' });
  await plugIn();
  await clock.advance(8000);
  expect(understood(await send(command('GetEcho'), 10)).code).toBe(ECHO);
  expect(clock.sleepers).toBe(0);
});
