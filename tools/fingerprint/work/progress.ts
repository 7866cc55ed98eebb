const BAR_CELLS = 30;
const LINES = 4;

/** Tells the person who waits how far it is: a bar on a terminal, a few lines elsewhere. On stderr, so that results stay clean. */
export function progressOf(what: string, total: number, to: NodeJS.WriteStream = process.stderr): () => void {
  let done = 0;
  return () => {
    done += 1;
    if (to.isTTY) to.write(`\r${bar(what, done, total)}${done === total ? '\n' : ''}`);
    else if (isLine(done, total)) to.write(`${what}: ${done} of ${total}\n`);
  };
}

function isLine(done: number, total: number): boolean {
  return Math.floor((done * LINES) / total) > Math.floor(((done - 1) * LINES) / total);
}

function bar(what: string, done: number, total: number): string {
  const cells = Math.round((done / total) * BAR_CELLS);
  return `${what.padEnd(12)} [${'#'.repeat(cells)}${'.'.repeat(BAR_CELLS - cells)}] ${done}/${total}`;
}
