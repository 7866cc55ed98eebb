import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { messageSchemas } from './messages.schema.ts';
import {
  decode,
  encode,
  type Message,
  type MessageName,
  maxBatchEntries,
  maxEntryBytes,
  maxMessageBytes,
} from './messages.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
const hash = 'x'.repeat(43);
const names = Object.keys(messageSchemas) as MessageName[];

/** One message of each kind, as full as it may be. */
const samples: { [N in MessageName]: Message<N> } = {
  evt: { v: 1, dev: 'SU1', epoch: 2, first: 8, prev: hash, evs: ['{"type":"kiosk.started"}', '{}'] },
  ack: { v: 1, term: 3, epoch: 2, seq: 9, hash, gap: false, fork: { seq: 4, hash } },
  state: {
    v: 1,
    dev: 'SU1',
    epoch: 2,
    online: true,
    session: 'boot-7',
    at: 1_790_000_000_000,
    head: { seq: 9, hash },
    acked: { seq: 7, hash },
    older: [{ epoch: 1, seq: 412, hash }],
    software: '0.1.0',
    service: { mode: 'status-only', reason: 'kiosk/no-blanko' },
    blanko: { hopper: 41, unexplained: -1 },
    devices: { 'card-printer': { state: 'trouble', code: 'card-printer/jam' }, camera: { state: 'ready', code: null } },
    officerCalled: false,
    visitNo: null,
    ribbonPrintsLeft: 120,
  },
  req: {
    v: 1,
    reqId: 'r1',
    epoch: 2,
    exp: 1,
    replyKey: { kty: 'OKP', crv: 'X25519', x: 'abc' },
    sealed: 'jwe',
    lease: { rightId: 'right', identifyReqId: 'r0', sealedSha256: hash },
  },
  rep: {
    v: 1,
    reqId: 'r1',
    ok: false,
    code: 'right/held',
    params: { place: 'Kalidoni', left: 2 },
    sealed: 'jwe',
    lease: 'jws',
  },
  cmd: { v: 1, cmdId: 'c1', kind: 'restock', exp: 5, args: { document: 'BA-0007' } },
  center: { v: 1, online: true, term: 3, at: 6 },
};

describe.each(names)('%s', (name) => {
  const sample = samples[name] as Message<typeof name>;
  test('comes back as it was sent', () => {
    expect(decode(name, bytes(encode(name, sample)))).toEqual({ ok: true, value: sample });
  });

  test('of another version is told apart from one that is malformed', () => {
    expect(decode(name, bytes(JSON.stringify({ ...sample, v: 2 })))).toMatchObject({ code: 'uplink/wrong-version' });
    expect(decode(name, bytes(JSON.stringify({ v: 1 })))).toMatchObject({ code: 'uplink/malformed' });
  });

  test('without any one of the fields it must have is malformed', () => {
    for (const field of (messageSchemas[name] as unknown as { required: string[] }).required) {
      const { [field]: _, ...rest } = sample as Record<string, unknown>;
      expect(decode(name, bytes(JSON.stringify(rest))).ok, field).toBe(false);
    }
  });

  test('is never thrown about, whatever the bytes', () => {
    const anything = fc.oneof(
      fc.uint8Array({ maxLength: 300 }),
      fc.json().map(bytes),
      fc.jsonValue().map((value) => bytes(JSON.stringify({ ...sample, ...(value as object), v: 1 }))),
      fc.tuple(fc.nat(400), fc.nat(255)).map(([at, byte]) => {
        const broken = bytes(encode(name, sample));
        broken[at % broken.length] = byte;
        return broken;
      }),
    );
    fc.assert(
      fc.property(anything, (payload) => {
        const decoded = decode(name, payload);
        if (decoded.ok) expect(decode(name, bytes(JSON.stringify(decoded.value))).ok).toBe(true);
        else expect(decoded.code).toMatch(/^uplink\/(malformed|wrong-version|oversize)$/);
      }),
      { numRuns: 300 },
    );
  });
});

describe('limits', () => {
  test('a payload of one byte too many is not even read', () => {
    const sized = (length: number) => bytes(`{"v":1,"pad":"${'x'.repeat(length - 16)}"}`.padEnd(length));
    expect(decode('center', sized(maxMessageBytes))).toMatchObject({ code: 'uplink/malformed' });
    expect(decode('center', sized(maxMessageBytes + 1))).toMatchObject({ code: 'uplink/oversize' });
  });

  test.each([
    ['no entry', []],
    ['one entry too many', Array.from({ length: maxBatchEntries + 1 }, () => '{}')],
    ['an entry that is too long', ['x'.repeat(maxEntryBytes + 1)]],
    ['an entry that is no text', [7]],
  ])('a batch with %s is malformed', (_, evs) => {
    expect(decode('evt', bytes(JSON.stringify({ ...samples.evt, evs }))).ok).toBe(false);
  });

  test('a full batch of the longest entries is still read, as long as the message fits', () => {
    const evs = Array.from({ length: 15 }, () => 'x'.repeat(maxEntryBytes));
    expect(decode('evt', bytes(encode('evt', { ...samples.evt, evs }))).ok).toBe(true);
  });

  test('text that is not UTF-8 is malformed, not mended', () => {
    expect(decode('center', Uint8Array.of(0x22, 0xff, 0x22))).toMatchObject({ code: 'uplink/malformed' });
  });
});
