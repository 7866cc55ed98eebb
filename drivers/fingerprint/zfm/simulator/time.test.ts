import { describe, expect, test } from 'vitest';
import { command, fingerNo, understood, zfmBench } from '#tests/support/zfm-bench.ts';
import { personalities } from './personality.ts';

const ECHO = 0x55;
const paced = { pacing: 'baud' as const };

describe('power', () => {
  test('a ZFM-20 is deaf and silent for half a second', async () => {
    const { zfm, send, ask, clock } = await zfmBench(paced);
    zfm.powerOff();
    zfm.powerOn();
    await clock.advance(490);
    expect(await send(command('GetEcho'), 5)).toHaveLength(0);
    await clock.advance(5);
    expect(await ask('GetEcho')).toMatchObject({ code: undefined }); // it is on its way
    expect(understood(await send(new Uint8Array(), 10)).code).toBe(ECHO);
  });

  test('an R503 says a raw 55 when it is ready, after a restart too', async () => {
    const { zfm, hears, send, clock } = await zfmBench({ ...paced, personality: 'r503' });
    zfm.powerOff();
    zfm.powerOn();
    await clock.advance(49);
    expect(hears()).toHaveLength(0);
    await clock.advance(2);
    expect([...hears()]).toEqual([0x55]);
    const said = await send(command('SoftRst'), 100);
    expect(said).toHaveLength(13);
    expect([said[9], said[12]]).toEqual([0, 0x55]);
  });

  test('without power nothing is heard, and the image and what was half received are lost', async () => {
    const { zfm, platen, ask, send } = await zfmBench();
    platen.present(fingerNo(1));
    await ask('GenImg');
    await send(command('GetEcho').subarray(0, 10));
    zfm.powerOff();
    expect(await ask('GetEcho')).toMatchObject({ code: undefined });
    zfm.powerOn();
    expect(await ask('UpImage')).toMatchObject({ code: 0x0f });
  });
});

describe('at the speed of the line', () => {
  /** Sheet 1.6: how long the module sends. What comes before is the command and the acknowledgement. */
  const transfers = [
    ['zfm20', 6, 2, 6950],
    ['zfm20', 12, 2, 3480],
    ['zfm20', 12, 3, 3340],
    ['r503', 6, 2, 3480],
    ['r503', 12, 3, 1670],
  ] as const;

  test.each(transfers)(
    'an image of a %s at 9600 * %i in packets of code %i takes %i ms',
    async (name, n, chunk, ms) => {
      const personality = { ...personalities[name], newBaud: 'at-once' as const };
      const { ask, send, platen, clock, hears } = await zfmBench({ personality, ...paced });
      platen.present(fingerNo(1));
      for (const [register, value] of [
        [4, n],
        [6, chunk],
      ] as const) {
        void ask('SetSysPara', register, value);
        await clock.advance(10);
      }
      void ask('GenImg');
      await clock.advance(1000);
      hears();
      const early = await send(command('UpImage'), ms - 20);
      const rest = await send(new Uint8Array(), 40);
      expect(rest.length).toBeGreaterThan(0);
      const { data } = understood(new Uint8Array(Buffer.concat([early, rest])));
      expect(data).toHaveLength((personality.widthPx * personality.heightPx) / 2);
    },
  );

  test('a command takes its time on the line, and so does the answer', async () => {
    const { send } = await zfmBench(paced);
    expect(await send(command('GetEcho'), 2)).toHaveLength(0); // 12 bytes are 2.08 ms
    const early = await send(new Uint8Array(), 2.1);
    const late = await send(new Uint8Array(), 0.1);
    expect(early.length).toBeLessThan(12);
    expect(early.length + late.length).toBe(12);
  });

  test('no finger is said at once, and a picture takes its time', async () => {
    const { send, platen } = await zfmBench(paced);
    expect(understood(await send(command('GenImg'), 6)).code).toBe(0x02);
    platen.present(fingerNo(1));
    expect(await send(command('GenImg'), 390)).toHaveLength(0);
    expect(understood(await send(new Uint8Array(), 20)).code).toBe(0);
  });

  test('a finger that is lifted while the picture is taken was not there', async () => {
    const { send, platen } = await zfmBench(paced);
    platen.present(fingerNo(1));
    await send(command('GenImg'), 200);
    platen.lift();
    expect(understood(await send(new Uint8Array(), 300)).code).toBe(0x02);
  });
});

describe('a host at another speed', () => {
  test('is not understood, and hears noise where the module speaks unasked', async () => {
    const { zfm, ask, send, plugIn, hears, clock } = await zfmBench({ personality: 'r503', baudRate: 115_200 });
    expect(await send(command('HandShake'))).toHaveLength(0);
    zfm.powerOff();
    zfm.powerOn();
    await clock.advance(0);
    const noise = hears();
    expect(noise).toHaveLength(1);
    expect([...noise]).not.toEqual([0x55]);
    await plugIn(57_600);
    expect(await ask('HandShake')).toMatchObject({ code: 0 });
  });

  test('a new speed is stored and used after the next power-up', async () => {
    const { zfm, ask, plugIn } = await zfmBench({ baudRate: 57_600 });
    expect(await ask('SetSysPara', 4, 12)).toMatchObject({ code: 0 });
    expect(await ask('GetEcho')).toMatchObject({ code: ECHO });
    expect(zfm.baudRate).toBe(57_600);
    zfm.powerOff();
    zfm.powerOn();
    expect(await ask('GetEcho')).toMatchObject({ code: undefined });
    await plugIn(115_200);
    expect(await ask('GetEcho')).toMatchObject({ code: ECHO });
  });

  test('or at once, after an answer at the old speed', async () => {
    const personality = { ...personalities.zfm20, newBaud: 'at-once' as const };
    const { ask } = await zfmBench({ personality, baudRate: 57_600 });
    expect(await ask('SetSysPara', 4, 12)).toMatchObject({ code: 0 });
    expect(await ask('GetEcho')).toMatchObject({ code: undefined });
  });
});

test('a new link takes over from the last', async () => {
  const { plugIn, ask } = await zfmBench();
  const first = await plugIn();
  await plugIn();
  expect(await first.closed).toEqual({ reason: 'closed-there' });
  expect(await ask('GetEcho')).toMatchObject({ code: ECHO });
});
