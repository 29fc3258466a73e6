/** The badge of the taskbar on Windows, which takes a picture: a filled dot. Plain bytes, so that it needs no file. */

const SIZE = 16;
const RADIUS = 7;
/** Blue, green, red, opacity: as the tone of danger on the page (renderer/ui/tokens.ts). */
const DOT = [0x28, 0x28, 0xb9, 0xff] as const;

/** @returns the dot, four bytes a pixel, and its width and height */
export const badgeBitmap = (): { readonly bytes: Uint8Array; readonly size: number } => {
  const bytes = new Uint8Array(SIZE * SIZE * 4);
  const middle = (SIZE - 1) / 2;
  for (let y = 0; y < SIZE; y += 1)
    for (let x = 0; x < SIZE; x += 1) if (Math.hypot(x - middle, y - middle) <= RADIUS) bytes.set(DOT, (y * SIZE + x) * 4);
  return { bytes, size: SIZE };
};

/** What is read out with it. */
export const badgeWords = (count: number): string => (count === 1 ? '1 thing is due' : `${count} things are due`);
