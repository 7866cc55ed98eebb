import type { Imaging } from './imaging.ts';

/** Drawn people for the golden faces and tests: nobody's likeness. */
export interface Sitter {
  readonly ground: string;
  readonly skin: string;
  readonly clothes: string;
  /** What frames the face: hair, a headscarf or a cap. */
  readonly head: { readonly worn: 'hair' | 'long-hair' | 'headscarf' | 'cap'; readonly colour: string };
  readonly glasses?: true;
  /** 1 is daylight, 0.2 a photograph taken in a dark room. */
  readonly light?: number;
}

export const portraitSize = { widthPx: 300, heightPx: 400 } as const;

/** A portrait as JPEG, base64. */
export async function drawPortrait(sharp: Imaging, sitter: Sitter, size = portraitSize): Promise<string> {
  const picture = sharp(Buffer.from(portraitSvg(sitter)), { density: 72 }).resize(size.widthPx, size.heightPx, {
    fit: 'fill',
  });
  const lit = picture.flatten({ background: '#fff' }).linear(sitter.light ?? 1, 0);
  return (await lit.jpeg({ quality: 88 }).toBuffer()).toString('base64');
}

function portraitSvg({ ground, skin, clothes, head, glasses }: Sitter): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" width="300" height="400">
<rect width="300" height="400" fill="${ground}"/>
${head.worn === 'headscarf' ? `<path d="M150 62c62 0 92 46 92 112 0 62 34 116 44 150H14c10-34 44-88 44-150 0-66 30-112 92-112z" fill="${head.colour}"/>` : ''}
<path d="M20 400c4-74 44-98 92-106h76c48 8 88 32 92 106z" fill="${clothes}"/>
<path d="M122 250h56v46c-8 20-48 20-56 0z" fill="${skin}"/>
<ellipse cx="150" cy="190" rx="66" ry="84" fill="${skin}"/>
${worn(head)}
<path d="M108 172q16-9 32 0M160 172q16-9 32 0" stroke="#2a1f1a" stroke-width="5" fill="none"/>
<circle cx="124" cy="188" r="5" fill="#2a1f1a"/><circle cx="176" cy="188" r="5" fill="#2a1f1a"/>
${glasses ? '<g stroke="#222" stroke-width="4" fill="none"><circle cx="124" cy="188" r="21"/><circle cx="176" cy="188" r="21"/><path d="M145 188h10"/></g>' : ''}
<path d="M150 192l-6 28h12" stroke="#5d4032" stroke-width="3" fill="none"/>
<path d="M130 242q20 8 40 0" stroke="#8c4a3f" stroke-width="5" fill="none"/>
</svg>`;
}

function worn({ worn, colour }: Sitter['head']): string {
  const shapes = {
    hair: `<path d="M80 190c-8-74 26-108 70-108s78 34 70 108c-8-38-22-54-36-58-22 8-50 8-72-2-16 8-26 26-32 60z" fill="${colour}"/>`,
    'long-hair': `<path d="M78 300c-18-40-6-96-2-122 6-62 34-96 74-96s68 34 74 96c4 26 16 82-2 122-14-18-12-70-14-118-26-6-50-22-66-44-12 22-28 38-50 46-2 46 0 98-14 116z" fill="${colour}"/>`,
    cap: `<path d="M82 150c0-58 24-80 68-80s68 22 68 80q-68-18-136 0z" fill="${colour}"/>`,
    headscarf: `<path fill-rule="evenodd" d="M150 62c56 0 88 44 88 110 0 70-34 130-88 130s-88-60-88-130c0-66 32-110 88-110zM150 120c-38 0-58 30-58 74 0 46 24 84 58 84s58-38 58-84c0-44-20-74-58-74z" fill="${colour}"/>`,
  };
  return shapes[worn];
}

/** A signature as PNG, base64: dark strokes on nothing, or on white paper. */
export async function drawSignature(sharp: Imaging, paper: 'clear' | 'white' = 'clear'): Promise<string> {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="360" height="140"><path d="M24 96c30-74 54-80 50-24-4 42-30 40-18 4 14-40 44-44 44-6 0 30 18 22 34-8 14-26 22-14 16 12-4 18 16 14 30-12 16-30 24-16 20 8-4 20 22 10 36-8 18-24 40-30 98-34M60 118q120-22 236-10" stroke="#1a1a2e" stroke-width="5" fill="none" stroke-linecap="round"/></svg>`;
  const strokes = sharp(Buffer.from(svg));
  return (await (paper === 'white' ? strokes.flatten({ background: '#fff' }) : strokes).png().toBuffer()).toString(
    'base64',
  );
}
