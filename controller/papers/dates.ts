import { dayAt, minuteOfDay } from '#kit/civil-date.ts';

const months = [
  'Januari',
  'Februari',
  'Maret',
  'April',
  'Mei',
  'Juni',
  'Juli',
  'Agustus',
  'September',
  'Oktober',
  'November',
  'Desember',
];

/** `14 Maret 2027`, in western Indonesia. */
export function dateWords(wallMs: number): string {
  const [year, month = '1', day] = dayAt(wallMs).split('-');
  return `${Number(day)} ${months[Number(month) - 1]} ${year}`;
}

/** `14.05` */
export function timeWords(wallMs: number): string {
  const minutes = minuteOfDay(wallMs);
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}.${String(minutes % 60).padStart(2, '0')}`;
}
