/**
 * Follows the fixed headers of an MQTT stream (3.1.1, section 2.2): one byte of type, then the length of the rest in
 * seven bits a byte. Returns false from the moment on that a packet announces more than `maxBytes`, before its body is
 * kept anywhere: the broker's own parser would collect up to 256 MB, even of somebody who has not yet said who it is.
 */
export function packetLimit(maxBytes: number): (bytes: Uint8Array) => boolean {
  let bodyLeft = 0;
  let lengthBytes = -1; // -1: the next byte is a type; otherwise how many length bytes were read
  let length = 0;
  let fits = true;

  function lengthByte(byte: number): void {
    length += (byte & 0x7f) * 128 ** lengthBytes;
    lengthBytes += 1;
    fits &&= length <= maxBytes && (lengthBytes < 4 || byte < 0x80);
    if (byte >= 0x80) return;
    bodyLeft = length;
    lengthBytes = -1;
  }

  return (bytes) => {
    for (let at = 0; at < bytes.length && fits; ) {
      if (bodyLeft > 0) {
        const skipped = Math.min(bodyLeft, bytes.length - at);
        bodyLeft -= skipped;
        at += skipped;
        continue;
      }
      if (lengthBytes < 0) {
        lengthBytes = 0;
        length = 0;
      } else lengthByte(bytes[at] ?? 0);
      at += 1;
    }
    return fits;
  };
}
