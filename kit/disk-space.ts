import { statfsSync } from 'node:fs';

/** How much room a disk has, as a port: a full disk can be acted out. */
export interface DiskSpace {
  /** Bytes that this user may still write to the file system of `path`. */
  freeBytes(path: string): number;
}

export const systemDiskSpace: DiskSpace = {
  freeBytes(path) {
    const { bavail, bsize } = statfsSync(path);
    return bavail * bsize;
  },
};
