import { describe, expect, test } from 'vitest';
import { command, fingerNo, zfmBench } from '#tests/support/zfm-bench.ts';
import { frame, kinds } from './frames.ts';
import { packed, seen, unpacked } from './picture.ts';

const NO_FINGER = 0x02;
const POOR = 0x07;
const NO_IMAGE = 0x15;

test('a finger comes, is photographed, and goes', async () => {
  const { ask, platen } = await zfmBench();
  expect(await ask('GenImg')).toMatchObject({ code: NO_FINGER });
  platen.present(fingerNo(1));
  expect(await ask('GenImg')).toMatchObject({ code: 0 });
  platen.lift();
  const { code, data, packets } = await ask('UpImage');
  expect([code, data.length, packets.length]).toEqual([0, 36_864, 288]);
  expect(data).toEqual(packed(fingerNo(1).pixels));
  expect(await ask('GenImg')).toMatchObject({ code: NO_FINGER });
});

test('the left one of two pixels is in the high half of the byte, row by row from the top', async () => {
  const { ask, platen } = await zfmBench({ personality: 'r503' });
  const finger = fingerNo(1, { widthPx: 192, heightPx: 192, dpi: 508 });
  finger.pixels.set([0xa7, 0x3c]);
  finger.pixels.set([0x10, 0xff], 192);
  platen.present(finger);
  await ask('GenImg');
  const { data } = await ask('UpImage');
  expect([data.length, data[0], data[96]]).toEqual([18_432, 0xa3, 0x1f]);
  expect([...unpacked(Uint8Array.of(0xa3))]).toEqual([0xaa, 0x33]);
});

test('without a picture there is nothing to make features of, and nothing to send', async () => {
  const { ask, platen } = await zfmBench();
  expect(await ask('Img2Tz', 1)).toMatchObject({ code: NO_IMAGE });
  expect(await ask('UpImage')).toMatchObject({ code: 0x0f, packets: [] });
  platen.present(fingerNo(1));
  await ask('GenImg');
  expect(await ask('Img2Tz', 1)).toMatchObject({ code: 0 });
  platen.lift();
  await ask('GenImg');
  expect(await ask('Img2Tz', 1)).toMatchObject({ code: NO_IMAGE });
});

test('a bare smudge is a picture to GenImg, and a poor one to GetImageEx', async () => {
  const { ask, platen } = await zfmBench({ personality: 'r503' });
  platen.present({ widthPx: 192, heightPx: 192, dpi: 508, pixels: new Uint8Array(192 * 192).fill(200) });
  expect(await ask('GenImg')).toMatchObject({ code: 0 });
  expect(await ask('GetImageEx')).toMatchObject({ code: POOR });
  expect(await ask('Img2Tz', 1)).toMatchObject({ code: POOR });
});

describe('a picture from the host', () => {
  const sent = (content: Uint8Array, last: boolean) =>
    frame({ address: 0xffffffff, kind: last ? kinds.lastData : kinds.data, content });
  const packets = (bytes: Uint8Array) =>
    Array.from({ length: bytes.length / 128 }, (_, i) => bytes.subarray(i * 128, (i + 1) * 128)).map((part, i) =>
      sent(part, (i + 1) * 128 === bytes.length),
    );
  const image = packed(fingerNo(2).pixels);

  test('is taken in silence, and can be asked for again', async () => {
    const { ask, send } = await zfmBench();
    expect(await ask('DownImage')).toMatchObject({ code: 0 });
    expect(await send(new Uint8Array(Buffer.concat(packets(image))))).toHaveLength(0);
    expect((await ask('UpImage')).data).toEqual(image);
  });

  test('is none when a packet is damaged or missing, and nobody says so', async () => {
    const { ask, send } = await zfmBench();
    const [first = new Uint8Array(), ...others] = packets(image);
    for (const damaged of [new Uint8Array(), first.with(-1, first.at(-1)! ^ 1)]) {
      await ask('DownImage');
      expect(await send(new Uint8Array(Buffer.concat([damaged, ...others])))).toHaveLength(0);
      expect(await ask('UpImage')).toMatchObject({ code: 0x0f });
    }
  });

  test('that is broken off by a command is not waited for', async () => {
    const { ask, send } = await zfmBench();
    await ask('DownImage');
    const [first = new Uint8Array(), ...others] = packets(image);
    await send(first);
    expect(await ask('GenImg')).toMatchObject({ code: NO_FINGER });
    expect(await send(new Uint8Array(Buffer.concat(others)))).toHaveLength(0);
    expect(await ask('UpImage')).toMatchObject({ code: 0x0f });
  });

  test('is refused by a module that takes none', async () => {
    const { send } = await zfmBench({ personality: 'r308' });
    expect([...(await send(command('DownImage')))].slice(9, 10)).toEqual([0x19]);
  });
});

describe('what the sensor sees', () => {
  const sensor = { widthPx: 4, heightPx: 4, dpi: 500 };
  const finger = (widthPx: number, dpi: number) => ({
    ...{ widthPx, heightPx: widthPx, dpi },
    pixels: new Uint8Array(widthPx ** 2),
  });

  test('a smaller picture lies in the middle, with glass around it', () => {
    const white = [255, 255, 255, 255];
    expect([...seen(finger(2, 500), sensor)]).toEqual([...white, 255, 0, 0, 255, 255, 0, 0, 255, ...white]);
  });

  test('a picture of twice the dpi is half as large on the glass', () => {
    expect([...seen(finger(8, 1000), sensor)]).toEqual(Array(16).fill(0));
    expect([...seen(finger(4, 1000), sensor)].filter((grey) => grey === 0)).toHaveLength(4);
  });
});
