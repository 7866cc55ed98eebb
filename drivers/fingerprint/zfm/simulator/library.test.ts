import { describe, expect, test } from 'vitest';
import { fingerNo, understood, zfmBench } from '#tests/support/zfm-bench.ts';
import { frame, kinds } from './frames.ts';
import { scoreOfSame } from './template.ts';

const NO_MATCH = 0x08;
const NOT_FOUND = 0x09;
const OUT_OF_RANGE = 0x0b;

async function benchWithFinger(n: number, options = {}) {
  const bench = await zfmBench(options);
  const read = async (finger: number, buffer: number) => {
    bench.platen.present(fingerNo(finger));
    await bench.ask('GenImg');
    return bench.ask('Img2Tz', buffer);
  };
  await read(n, 1);
  return { ...bench, read };
}

test('the same picture matches, another one does not, and the score is there either way', async () => {
  const { ask, read } = await benchWithFinger(1);
  await read(1, 2);
  expect(await ask('Match')).toMatchObject({ code: 0, extra: [0, scoreOfSame] });
  await read(2, 2);
  expect(await ask('Match')).toMatchObject({ code: NO_MATCH, extra: [0, 0] });
});

test('a finger is enrolled, found among others, and forgotten', async () => {
  const { ask, read } = await benchWithFinger(1);
  await read(1, 2);
  expect(await ask('RegModel')).toMatchObject({ code: 0 });
  expect(await ask('Store', 1, 0, 10)).toMatchObject({ code: 0 });
  await read(2, 1);
  expect(await ask('Store', 1, 0, 9)).toMatchObject({ code: 0 });
  expect(await ask('TempleteNum')).toMatchObject({ extra: [0, 2] });
  expect((await ask('ReadIndexTable', 0)).extra.slice(0, 3)).toEqual([0, 0b110, 0]);

  await read(1, 1);
  expect(await ask('Search', 1, 0, 0, 0, 200)).toMatchObject({ code: 0, extra: [0, 10, 0, scoreOfSame] });
  expect(await ask('HighSpeedSearch', 1, 0, 0, 0, 200)).toMatchObject({ code: 0, extra: [0, 10, 0, scoreOfSame] });
  expect(await ask('Search', 1, 0, 0, 0, 10)).toMatchObject({ code: NOT_FOUND, extra: [0, 0, 0, 0] });

  expect(await ask('DeleteChar', 0, 10, 0, 1)).toMatchObject({ code: 0 });
  expect(await ask('Search', 1, 0, 0, 0, 200)).toMatchObject({ code: NOT_FOUND });
  expect(await ask('Empty')).toMatchObject({ code: 0 });
  expect(await ask('TempleteNum')).toMatchObject({ extra: [0, 0] });
});

test('two different fingers are not combined', async () => {
  const { ask, read } = await benchWithFinger(1);
  await read(2, 2);
  expect(await ask('RegModel')).toMatchObject({ code: 0x0a });
});

test('a page beyond the library is refused', async () => {
  const { ask } = await benchWithFinger(1);
  expect(await ask('Store', 1, 0, 200)).toMatchObject({ code: OUT_OF_RANGE });
  expect(await ask('LoadChar', 1, 0, 200)).toMatchObject({ code: OUT_OF_RANGE });
  expect(await ask('LoadChar', 1, 0, 199)).toMatchObject({ code: 0x0c });
  expect(await ask('DeleteChar', 0, 199, 0, 2)).toMatchObject({ code: 0x10 });
});

describe('a template on its way', () => {
  test('goes to the host and back, and still matches', async () => {
    const { ask, send } = await benchWithFinger(1);
    const { data, packets } = await ask('UpChar', 1);
    expect([data.length, packets.length]).toEqual([512, 4]);
    expect(await ask('DownChar', 2)).toMatchObject({ code: 0 });
    for (const { address, kind, content } of packets) await send(frame({ address, kind, content }));
    expect(await ask('Match')).toMatchObject({ code: 0 });
  });

  test('is never acknowledged, and nobody says that it was too short', async () => {
    const { ask, send } = await benchWithFinger(1);
    await ask('DownChar', 2);
    const short = frame({ address: 0xffffffff, kind: kinds.lastData, content: new Uint8Array(128) });
    expect(await send(short)).toHaveLength(0);
    expect(await ask('UpChar', 2)).toMatchObject({ code: 0x0d, packets: [] });
  });

  test('of a foreign make is taken, and matches nothing', async () => {
    const { ask, send } = await benchWithFinger(1);
    await ask('DownChar', 2);
    const part = (kind: number) => frame({ address: 0xffffffff, kind, content: new Uint8Array(256).fill(7) });
    await send(part(kinds.data));
    await send(part(kinds.lastData));
    expect((await ask('UpChar', 2)).data).toEqual(new Uint8Array(512).fill(7));
    expect(await ask('Match')).toMatchObject({ code: NO_MATCH });
    await ask('Store', 2, 0, 1);
    expect(await ask('LoadChar', 1, 0, 1)).toMatchObject({ code: 0x0c });
  });
});

test('a ZFM-20 has two buffers and takes any number but 1 for the second; an R503 has six', async () => {
  const zfm20 = await benchWithFinger(1);
  await zfm20.read(1, 77);
  expect(await zfm20.ask('Match')).toMatchObject({ code: 0 });
  const r503 = await benchWithFinger(1, { personality: 'r503' });
  await r503.read(1, 6);
  expect(await r503.ask('Match')).toMatchObject({ code: NO_MATCH });
  expect((await r503.ask('UpChar', 6)).data).toHaveLength(1536);
});

test('the size of the packets is the one that was set, at once', async () => {
  const { ask } = await benchWithFinger(1);
  for (const [code, packets] of [
    [0, 16],
    [1, 8],
    [2, 4],
    [3, 2],
  ] as const) {
    expect(await ask('SetSysPara', 6, code)).toMatchObject({ code: 0 });
    expect((await ask('UpChar', 1)).packets).toHaveLength(packets);
  }
});

test('the last packet alone says that it is the last', async () => {
  const { send, ask } = await benchWithFinger(1);
  expect((await ask('UpChar', 1)).packets.map(({ kind }) => kind)).toEqual([2, 2, 2, 8]);
  expect(understood(await send(new Uint8Array())).code).toBeUndefined();
});
