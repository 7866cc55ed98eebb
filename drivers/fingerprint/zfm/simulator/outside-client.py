"""Two hosts for a fingerprint module, on a serial port, with Debian's python3-serial.

This is our own program, written from the protocol sheet: neither Debian nor npm has one that somebody else wrote. It only
reads in the two ways in which the two best known libraries read, because they forgive different things. WholePackets reads
byte by byte until a packet is complete, and checks its sum (as pyfingerprint does); ExactCounts reads the exact number of
bytes of each answer, fails when they are fewer, and looks at no sum (as the library for CircuitPython does).
It shares no line with the simulator. Usage: outside-client.py PATH whole|exact. Prints what it found, as JSON.
"""

import hashlib
import json
import sys

import serial

ADDRESS = b"\xff\xff\xff\xff"
COMMAND, DATA, ACK, LAST = 1, 2, 7, 8


def packet(kind, content):
    body = bytes([kind]) + (len(content) + 2).to_bytes(2, "big") + bytes(content)
    return b"\xef\x01" + ADDRESS + body + (sum(body) & 0xFFFF).to_bytes(2, "big")


class WholePackets:
    def __init__(self, path):
        self.port = serial.Serial(path, 57600, timeout=2)
        self.port.reset_input_buffer()

    def read(self):
        got = b""
        while len(got) < 12 or len(got) < 9 + int.from_bytes(got[7:9], "big"):
            byte = self.port.read(1)
            if not byte:
                raise RuntimeError("silence after %d bytes" % len(got))
            got += byte
            if len(got) == 2 and got != b"\xef\x01":
                raise RuntimeError("no valid header")
        if sum(got[6:-2]) & 0xFFFF != int.from_bytes(got[-2:], "big"):
            raise RuntimeError("wrong checksum")
        return got[6], got[9:-2]

    def ask(self, code, *parameters, answer=None):
        self.port.write(packet(COMMAND, [code, *parameters]))
        kind, content = self.read()
        if kind != ACK:
            raise RuntimeError("no acknowledgement")
        return content[0], content[1:]

    def data(self):
        whole, kind = b"", DATA
        while kind == DATA:
            kind, content = self.read()
            whole += content
        return whole

    def send(self, whole, size=128):
        parts = [whole[at : at + size] for at in range(0, len(whole), size)]
        for part in parts[:-1]:
            self.port.write(packet(DATA, part))
        self.port.write(packet(LAST, parts[-1]))


class ExactCounts(WholePackets):
    def exactly(self, count):
        got = self.port.read(count)
        if len(got) != count:
            raise RuntimeError("%d bytes, not %d" % (len(got), count))
        return got

    def ask(self, code, *parameters, answer=12):
        self.port.write(packet(COMMAND, [code, *parameters]))
        got = self.exactly(answer)
        if got[:6] != b"\xef\x01" + ADDRESS or got[6] != ACK:
            raise RuntimeError("not an acknowledgement: " + got.hex())
        content = got[9 : 9 + int.from_bytes(got[7:9], "big") - 2]
        return content[0], content[1:]

    def read(self):
        head = self.exactly(9)
        if head[:6] != b"\xef\x01" + ADDRESS:
            raise RuntimeError("not a packet: " + head.hex())
        return head[6], self.exactly(int.from_bytes(head[7:9], "big"))[:-2]


def common(host):
    """What both do in the same order; the numbers are the bytes of each answer."""
    told = {"password": host.ask(0x13, 0, 0, 0, 0)[0]}
    told["parameters"] = host.ask(0x0F, answer=28)[1].hex()
    told["image"] = host.ask(0x01)[0]
    told["pixels"] = picture(host)
    told["features"] = [host.ask(0x02, 1)[0], host.ask(0x02, 2)[0]]
    code, score = host.ask(0x03, answer=14)
    told["match"] = [code, int.from_bytes(score, "big")]
    told["model"] = host.ask(0x05)[0]
    told["store"] = host.ask(0x06, 1, 0, 3)[0]
    code, found = host.ask(0x04, 1, 0, 0, 0, 200, answer=16)
    told["search"] = [code, found.hex()]
    code, found = host.ask(0x04, 1, 0, 4, 0, 196, answer=16)
    told["missed"] = [code, found.hex()]
    told["index"] = host.ask(0x1F, 0, answer=44)[1].hex()
    told["count"] = int.from_bytes(host.ask(0x1D, answer=14)[1], "big")
    told["template"] = template(host)
    told["deleted"] = [host.ask(0x0C, 0, 3, 0, 1)[0], host.ask(0x07, 1, 0, 3)[0]]
    return told


def picture(host):
    """Each byte is two pixels, the left one in the high half."""
    host.ask(0x0A)
    pixels = bytes(half * 17 for byte in host.data() for half in (byte >> 4, byte & 15))
    return [len(pixels), hashlib.sha256(pixels).hexdigest()]


def template(host):
    """Down, back up and compared: the module acknowledges no data."""
    host.ask(0x08, 1)
    blob = host.data()
    host.ask(0x09, 2)
    host.send(blob)
    host.ask(0x08, 2)
    return [len(blob), host.data() == blob]


def whole(path):
    host = WholePackets(path)
    told = common(host)
    told["random"] = len(host.ask(0x14)[1])
    told["chunk"] = [host.ask(0x0E, 6, 3)[0], host.ask(0x0F)[1].hex()[24:28]]
    told["larger"] = picture(host)
    told["baud"] = host.ask(0x0E, 4, 12)[0]
    return told


def exact(path):
    host = ExactCounts(path)
    told = common(host)
    told["led"] = host.ask(0x35, 1, 0x80, 2, 0)[0]
    told["sensor"] = host.ask(0x36)[0]
    told["restart"] = [host.ask(0x3D)[0], host.exactly(1).hex()]
    told["afterwards"] = host.ask(0x40)[0]
    return told


print(json.dumps({"whole": whole, "exact": exact}[sys.argv[2]](sys.argv[1])))
