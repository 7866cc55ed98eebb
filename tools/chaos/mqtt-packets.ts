/** One MQTT 3.1.1 control packet, as it stood on the wire (section 2). */
export interface Packet {
  type: number;
  bytes: Buffer;
  /** Where the variable header begins. */
  bodyAt: number;
}

export const types = { connack: 2, publish: 3, disconnect: 14 } as const;

/** Cuts a stream of bytes into whole packets; what is left over waits for the next piece. */
export function openScanner(): (piece: Uint8Array) => Packet[] {
  let rest = Buffer.alloc(0);
  return (piece) => {
    rest = Buffer.concat([rest, piece]);
    const packets: Packet[] = [];
    for (let next = firstPacket(rest); next; next = firstPacket(rest)) {
      packets.push(next);
      rest = rest.subarray(next.bytes.length);
    }
    return packets;
  };
}

/** Section 2.2.3: the length of the rest in seven bits a byte, at most four bytes. */
function firstPacket(bytes: Buffer): Packet | null {
  let length = 0;
  for (let at = 1; at <= 4; at += 1) {
    const byte = bytes[at];
    if (byte === undefined) return null;
    length += (byte & 0x7f) * 128 ** (at - 1);
    if (byte < 0x80) {
      const bodyAt = at + 1;
      if (bytes.length < bodyAt + length) return null;
      return { type: (bytes[0] ?? 0) >> 4, bytes: bytes.subarray(0, bodyAt + length), bodyAt };
    }
  }
  throw new Error('this is no MQTT: a length that never ends');
}

/** What a PUBLISH carries (section 3.3). */
export interface Publication {
  topic: string;
  payload: Buffer;
}

export function publicationOf({ bytes, bodyAt }: Packet): Publication {
  const topicEnd = bodyAt + 2 + bytes.readUInt16BE(bodyAt);
  const payloadAt = topicEnd + (qosOf(bytes) > 0 ? 2 : 0);
  return { topic: bytes.toString('utf8', bodyAt + 2, topicEnd), payload: bytes.subarray(payloadAt) };
}

const qosOf = (bytes: Buffer): number => ((bytes[0] ?? 0) >> 1) & 3;

/**
 * The same message once more, with quality of service 0: it has no packet identifier, so no acknowledgement of it can get
 * out of step with those of the first (section 4.3.1).
 */
export function copyOf(packet: Packet): Packet {
  const { topic, payload } = publicationOf(packet);
  const name = Buffer.from(topic);
  const length = 2 + name.length + payload.length;
  const head = Buffer.from([(types.publish << 4) | ((packet.bytes[0] ?? 0) & 1), ...lengthBytes(length)]);
  const nameLength = Buffer.of(name.length >> 8, name.length & 0xff);
  return {
    type: types.publish,
    bytes: Buffer.concat([head, nameLength, name, payload]),
    bodyAt: head.length,
  };
}

function lengthBytes(length: number): number[] {
  const low = length % 128;
  const left = Math.floor(length / 128);
  return left > 0 ? [low | 0x80, ...lengthBytes(left)] : [low];
}
