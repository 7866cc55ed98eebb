import { createHash } from 'node:crypto';
import { readSync, writeSync } from 'node:fs';
import type { Duplex } from 'node:stream';

/** What has been looked at already, in whatever story: it is looked at once. */
export interface Memory {
  /** True for whoever asks first, and for nobody else. */
  isNew(key: string): boolean;
}

export function newMemory(): Memory {
  const seen = new Set<string>();
  return {
    isNew(key) {
      const known = seen.has(key);
      seen.add(key);
      return !known;
    },
  };
}

const keyBytes = 32;
const shortOf = (key: string): Buffer => createHash('sha256').update(key).digest();

/** The memory that several processes share: what is new to this one is asked of the one that started it, by its open file `fd`. */
export function sharedMemory(fd: number): Memory {
  const own = newMemory();
  const answer = Buffer.alloc(1);
  return {
    isNew(key) {
      if (!own.isNew(key)) return false;
      writeSync(fd, shortOf(key));
      if (readSync(fd, answer) !== 1) throw new Error('nobody keeps the memory any more');
      return answer[0] === 1;
    },
  };
}

/** Answers one process what the `memory` of all of them knows. */
export function answerFrom(memory: Memory, asking: Duplex): void {
  let unread = Buffer.alloc(0);
  asking.on('error', () => undefined); // told by the end of the process
  asking.on('data', (data: Buffer) => {
    unread = Buffer.concat([unread, data]);
    for (; unread.length >= keyBytes; unread = unread.subarray(keyBytes))
      asking.write(memory.isNew(unread.toString('base64', 0, keyBytes)) ? '\x01' : '\x00');
  });
}
