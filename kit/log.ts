import { destination, pino } from 'pino';

/** One line per change, with device, code and job; never a name, a NIK, a finger or a face. */
export interface Log {
  debug(fields: object, message: string): void;
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

/** Field names that never reach a log, wherever they stand: the second line of defence behind not logging them. */
const redacted = [
  'nik',
  'name',
  'pin',
  'record',
  'portrait',
  'signature',
  'password',
  'birthDate',
  'address',
  'photo',
  'fingers',
  'references',
  'pixels',
];

export function openLog(options: { level: 'debug' | 'info' | 'warn' | 'error' | 'silent'; path?: string }): Log {
  const paths = redacted.flatMap((key) => [key, `*.${key}`, `*.*.${key}`]);
  const settings = { level: options.level, base: null, redact: { paths, censor: '[redacted]' } };
  return options.path ? pino(settings, fileFor(options.path)) : pino(settings);
}

/** A disk that takes no more lines must not end the program that writes them: it may be holding a card. */
function fileFor(dest: string) {
  const file = destination({ dest, mkdir: true, sync: true, maxLength: 2 ** 20 });
  file.on('error', () => undefined);
  return file;
}

export const silentLog: Log = { debug() {}, info() {}, warn() {}, error() {} };
