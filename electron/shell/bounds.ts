/** Where a window was, brought back onto the screens there are now. Plain numbers: a screen may have been unplugged. */
export type Bounds = { readonly x: number; readonly y: number; readonly width: number; readonly height: number };

export const MIN_SIZE = { width: 1024, height: 640 } as const;
const DEFAULT_SIZE = { width: 1280, height: 800 } as const;
/** This much of the title bar must be on a screen for the window to be caught by the mouse. */
const GRIP = 80;

const overlap = (a: Bounds, b: Bounds): { width: number; height: number } => ({
  width: Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x),
  height: Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y),
});

const within = (value: number, low: number, high: number): number => Math.max(low, Math.min(value, Math.max(low, high)));

/**
 * @param saved as last seen; undefined at the first start
 * @param areas work areas of the displays, the primary one first
 */
export const clampBounds = (saved: Bounds | undefined, areas: readonly Bounds[]): Bounds => {
  const primary = areas[0] ?? { x: 0, y: 0, ...DEFAULT_SIZE };
  const area =
    saved &&
    areas.find((display) => {
      const shared = overlap({ ...saved, height: GRIP }, display);
      return shared.width >= GRIP && shared.height >= GRIP / 2;
    });
  const home = area ?? primary;
  const width = within(saved?.width ?? DEFAULT_SIZE.width, MIN_SIZE.width, home.width);
  const height = within(saved?.height ?? DEFAULT_SIZE.height, MIN_SIZE.height, home.height);
  if (!saved || !area)
    return {
      x: Math.round(home.x + Math.max(0, home.width - width) / 2),
      y: Math.round(home.y + Math.max(0, home.height - height) / 2),
      width,
      height,
    };
  return {
    x: within(saved.x, home.x, home.x + home.width - width),
    y: within(saved.y, home.y, home.y + home.height - height),
    width,
    height,
  };
};
