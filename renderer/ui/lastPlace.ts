/**
 * Where the focus was last in the window itself, outside of any box over it. A box that was opened from another, the palette
 * say, has nothing of its own to give the focus back to.
 */
let place: HTMLElement | null = null;

export const rememberPlace = (element: HTMLElement): void => {
  place = element;
};

/** Null where it is gone, or cannot be seen. */
export const lastPlace = (): HTMLElement | null => (place?.isConnected === true && place.offsetWidth > 0 ? place : null);
