// Stands where rpicam-vid would: writes the camera's MJPEG stream to stdout until it is killed or the camera goes away.
// Usage: node feed.mjs unix:/path/to.sock | tcp:host:port
import { connect } from 'node:net';

const [, kind, where] = /^(unix|tcp):(.+)$/.exec(process.argv[2] ?? '') ?? [];
if (!kind || !where) {
  process.stderr.write('usage: node feed.mjs unix:PATH | tcp:HOST:PORT\n');
  process.exit(2);
}
const [host, port] = [where.slice(0, where.lastIndexOf(':')), Number(where.slice(where.lastIndexOf(':') + 1))];
const socket = kind === 'unix' ? connect(where) : connect(port, host);

process.on('SIGINT', () => {}); // as the real one while its sensor is stalled; SIGTERM kills
process.stdout.on('error', () => process.exit(0)); // the reader has gone
socket.on('error', (error) => fail(`ERROR: failed to acquire camera: ${error.message}`));
socket.on('end', () => fail('ERROR: camera has gone away'));
socket.setTimeout(2000, () => {
  process.stderr.write('ERROR: Device timeout detected, attempting a restart!!!\n');
});
socket.pipe(process.stdout);

function fail(message) {
  process.stderr.write(`${message}\n`);
  process.exitCode = 1;
  socket.destroy();
}
