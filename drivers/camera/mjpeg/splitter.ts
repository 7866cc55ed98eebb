import { fromTheStart, type Resume, scanJpeg } from './scan-jpeg.ts';

/** Far above any picture of a kiosk camera: 1080p at quality 95 has about 1 MB. */
const LARGEST_PICTURE_BYTES = 8 * 1024 * 1024;

/** Cuts a stream into pictures, however the pipe cuts it, and never keeps more than one picture's worth of it. */
export class JpegSplitter {
  readonly #maxBytes: number;
  #unread: Uint8Array = new Uint8Array();
  #resumeAt: Resume = fromTheStart;

  constructor(maxBytes = LARGEST_PICTURE_BYTES) {
    this.#maxBytes = maxBytes;
  }

  /** The pictures that these bytes complete, oldest first. */
  push(bytes: Uint8Array): Uint8Array[] {
    const pictures: Uint8Array[] = [];
    let scan = scanJpeg(Buffer.concat([this.#unread, bytes]), this.#resumeAt);
    for (; scan.found === 'jpeg'; scan = scanJpeg(scan.rest)) pictures.push(new Uint8Array(scan.jpeg));
    const tooMuch = scan.rest.length > this.#maxBytes;
    this.#unread = tooMuch ? new Uint8Array() : new Uint8Array(scan.rest);
    this.#resumeAt = tooMuch ? fromTheStart : scan.resumeAt;
    return pictures;
  }
}
