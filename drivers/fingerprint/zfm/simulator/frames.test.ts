import { describe, expect, test } from 'vitest';
import { FrameReader, factoryAddress, frame, kinds } from './frames.ts';

const hex = (text: string) => new Uint8Array(Buffer.from(text.replaceAll(/\s/g, ''), 'hex'));
const ours = 'EF01 FFFFFFFF';
const of = (kind: number, content: Uint8Array) => frame({ address: factoryAddress, kind, content });
const counted = Uint8Array.from({ length: 128 }, (_, i) => i);

/** Sheet 1.7: what is said, as kind and content, and how it goes over the wire. */
const vectors: readonly (readonly [what: string, kind: number, content: string, wire: string])[] = [
  ['VfyPwd 0', kinds.command, '13 00000000', '01 0007 13 00000000 001B'],
  ['GenImg', kinds.command, '01', '01 0003 01 0005'],
  ['Img2Tz 1', kinds.command, '02 01', '01 0004 02 01 0008'],
  ['Match', kinds.command, '03', '01 0003 03 0007'],
  ['UpChar 1', kinds.command, '08 01', '01 0004 08 01 000E'],
  ['DownChar 1', kinds.command, '09 01', '01 0004 09 01 000F'],
  ['UpImage', kinds.command, '0A', '01 0003 0A 000E'],
  ['DownImage', kinds.command, '0B', '01 0003 0B 000F'],
  ['SetSysPara 4, 12', kinds.command, '0E 04 0C', '01 0005 0E 04 0C 0024'],
  ['SetSysPara 6, 3', kinds.command, '0E 06 03', '01 0005 0E 06 03 001D'],
  ['ReadSysPara', kinds.command, '0F', '01 0003 0F 0013'],
  ['TempleteNum', kinds.command, '1D', '01 0003 1D 0021'],
  ['AuraLed breathe blue', kinds.command, '35 01 80 02 00', '01 0007 35 01 80 02 00 00C0'],
  ['SoftRst', kinds.command, '3D', '01 0003 3D 0041'],
  ['HandShake', kinds.command, '40', '01 0003 40 0044'],
  ['GetEcho', kinds.command, '53', '01 0003 53 0057'],
  ['ok', kinds.ack, '00', '07 0003 00 000A'],
  ['no finger', kinds.ack, '02', '07 0003 02 000C'],
  ['match, score 123', kinds.ack, '00 007B', '07 0005 00 007B 0087'],
  ['echo', kinds.ack, '55', '07 0003 55 005F'],
];
/** What real modules said, as people reported it. */
const real = {
  parameters: `${ours} 07 0013 00 0000 0000 0050 0003 FFFFFFFF 0002 000C 0477`, // CircuitPython issue 30
  r551Parameters: '00 00 00 00 00 01 F4 00 03 FF FF FF FF 00 02 00 06', // FPM issue 11: the content alone
};

describe('the vectors of the sheet', () => {
  test.each(vectors)('%s', (_, kind, content, wire) => {
    const bytes = hex(`${ours} ${wire}`);
    expect(of(kind, hex(content))).toEqual(bytes);
    const heard = { address: factoryAddress, kind, content: hex(content), intact: true };
    expect(new FrameReader().take(bytes)).toEqual([heard]);
  });

  test('128 bytes of data', () => {
    const bytes = Uint8Array.of(...hex(`${ours} 02 0082`), ...counted, ...hex('2044'));
    expect(of(kinds.data, counted)).toEqual(bytes);
    expect(new FrameReader().take(bytes)).toMatchObject([{ content: counted, intact: true }]);
  });
});

test('the replies of two real modules', () => {
  const [heard] = new FrameReader().take(hex(real.parameters));
  expect(heard).toMatchObject({ kind: kinds.ack, intact: true });
  expect(of(kinds.ack, heard!.content)).toEqual(hex(real.parameters));
  const other = of(kinds.ack, hex(real.r551Parameters));
  expect(new FrameReader().take(other)).toMatchObject([{ content: hex(real.r551Parameters), intact: true }]);
});

describe('a line that is not clean', () => {
  const good = hex(`${ours} 01 0003 01 0005`);

  test('a frame is heard however it is cut', () => {
    const reader = new FrameReader();
    const heard = [...good, ...good].flatMap((byte) => reader.take(Uint8Array.of(byte)));
    expect(heard.map(({ intact }) => intact)).toEqual([true, true]);
  });

  test('noise before a frame is dropped, half a start included', () => {
    expect(new FrameReader().take(Uint8Array.of(0x55, 0xef, 0x00, 0xef, ...good))).toMatchObject([{ intact: true }]);
  });

  test('an impossible length is no frame, and does not swallow the next one', () => {
    expect(new FrameReader().take(Uint8Array.of(...hex(`${ours} 01 7F03`), ...good))).toMatchObject([{ intact: true }]);
    expect(new FrameReader().take(Uint8Array.of(...hex(`${ours} 01 0001`), ...good))).toMatchObject([{ intact: true }]);
  });

  test('a wrong sum is told', () => {
    expect(new FrameReader().take(hex(`${ours} 01 0003 01 0006`))).toMatchObject([{ intact: false }]);
  });

  test('another address is told, and not summed', () => {
    const address = 0x12345678;
    const bytes = frame({ address, kind: kinds.command, content: hex('01') });
    expect(bytes.slice(-2)).toEqual(hex('0005'));
    expect(new FrameReader().take(bytes)).toMatchObject([{ address, intact: true }]);
  });
});
