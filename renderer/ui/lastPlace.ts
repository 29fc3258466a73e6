/**
 * Where the focus was last in the window itself, outside of any box over it. A box that was opened from another, the palette
 * say, has nothing of its own to give the focus back to. The window knows its regions and says how the place is found.
 */
type Find = () => HTMLElement | null;

let find: Find = () => null;

export const findLastPlaceBy = (how: Find): void => {
  find = how;
};

/** Null where there is none that can be seen. */
export const lastPlace = (): HTMLElement | null => find();

let fallen: Element | null = null;

/** The focus was lost and fell to an element: nobody put it there. Null once somebody moved it on. */
export const focusFellTo = (element: Element | null): void => {
  fallen = element;
};

export const hasFallenTo = (element: Element | null): boolean => element !== null && element === fallen;
