import { destination, pino } from 'pino';

/** One line per change, with device, code and job; never a name, a NIK, a finger or a face. */
export interface Log {
  debug(fields: object, message: string): void;
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

/** Field names that never reach a log, wherever they stand: the second line of defence behind not logging them. */
const redacted = ['nik', 'name', 'pin', 'record', 'portrait', 'signature', 'password', 'birthDate', 'address'];

export function openLog(options: { level: 'debug' | 'info' | 'warn' | 'error' | 'silent'; path?: string }): Log {
  const paths = redacted.flatMap((key) => [key, `*.${key}`, `*.*.${key}`]);
  const settings = { level: options.level, base: null, redact: { paths, censor: '[redacted]' } };
  return options.path ? pino(settings, destination({ dest: options.path, mkdir: true, sync: true })) : pino(settings);
}

export const silentLog: Log = { debug() {}, info() {}, warn() {}, error() {} };
