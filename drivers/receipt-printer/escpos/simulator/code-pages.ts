/** The upper half (0x80 to 0xFF) of the code pages that this printer has, by their number in ESC t. */
const CP437 =
  'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u00a0';
const CP850 =
  'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒáíóúñÑªº¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐└┴┬├─┼ãÃ╚╔╩╦╠═╬¤ðÐÊËÈıÍÎÏ┘┌█▄¦Ì▀ÓßÔÒõÕµþÞÚÛÙýÝ¯´\u00ad±‗¾¶§÷¸°¨·¹³²■\u00a0';
const CP858 = CP850.replace('ı', '€');
const WINDOWS_1252 = `€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ${latin1()}`;

const pages: Readonly<Record<number, string>> = { 0: CP437, 2: CP850, 16: WINDOWS_1252, 19: CP858 };

function latin1(): string {
  return Array.from({ length: 96 }, (_, i) => String.fromCharCode(0xa0 + i)).join('');
}

/** The character a byte prints. A page that this printer lacks prints as page 0, which is what a real one does too. */
export function characterOf(byte: number, page: number): string {
  if (byte < 0x80) return String.fromCharCode(byte);
  return (pages[page] ?? CP437)[byte - 0x80] ?? '?';
}

/** Every character that some page can print, once each, in the order in which the font files hold them. */
export const printable: readonly string[] = [
  ...new Set([
    ...Array.from({ length: 95 }, (_, i) => String.fromCharCode(0x20 + i)),
    ...CP437,
    ...CP858,
    ...WINDOWS_1252,
  ]),
].filter((character) => !/[\u0080-\u009f]/.test(character));
