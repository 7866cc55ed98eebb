const zone = { timeZone: 'Asia/Jakarta' } as const;
const time = new Intl.DateTimeFormat('id-ID', { ...zone, hour: '2-digit', minute: '2-digit' });
const seconds = new Intl.DateTimeFormat('id-ID', { ...zone, hour: '2-digit', minute: '2-digit', second: '2-digit' });
const date = new Intl.DateTimeFormat('id-ID', {
  ...zone,
  weekday: 'long',
  day: 'numeric',
  month: 'long',
  year: 'numeric',
});
const day = new Intl.DateTimeFormat('id-ID', { ...zone, day: 'numeric', month: 'short' });

/** `08.30`, in western Indonesia like every time on this page. */
export const clockTime = (ms: number) => time.format(ms);
export const clockSeconds = (ms: number) => seconds.format(ms);
export const longDate = (ms: number) => date.format(ms);

/** `08.30` today, `19 Nov 08.30` on another day. */
export function moment(ms: number, nowMs: number): string {
  const clock = time.format(ms);
  return day.format(ms) === day.format(nowMs) ? clock : `${day.format(ms)} ${clock}`;
}

const steps = [
  [86_400_000, 'hari'],
  [3_600_000, 'jam'],
  [60_000, 'menit'],
] as const;

/** `3 menit`, `2 jam`, `4 hari`; less than a minute is `baru saja`. */
export function age(ms: number): string {
  const step = steps.find(([unit]) => ms >= unit);
  return step ? `${Math.floor(ms / step[0])} ${step[1]}` : 'baru saja';
}

export const ago = (ms: number, nowMs: number) => (nowMs - ms < 60_000 ? 'baru saja' : `${age(nowMs - ms)} lalu`);

/** `2 jam lagi`, or `lewat 3 jam`. */
export function due(ms: number, nowMs: number): string {
  return ms < nowMs ? `lewat ${age(nowMs - ms)}` : `${age(ms - nowMs)} lagi`;
}

/** `1 menit 12 detik` */
export function lasting(ms: number): string {
  const whole = Math.max(0, Math.round(ms / 1_000));
  return whole < 60 ? `${whole} detik` : `${Math.floor(whole / 60)} menit ${whole % 60} detik`;
}
