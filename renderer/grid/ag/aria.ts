/** What the library does not tell assistive technology of a grid and its cells: invalid, read only, who speaks. */

const setFlag = (cell: Element, name: string, isOn: boolean): void => {
  if (isOn) cell.setAttribute(name, 'true');
  else cell.removeAttribute(name);
};

/** Why it is stands in the cell's own text, where it is read with the value. */
export const tellProblem = (cell: Element, isInvalid: boolean): void => setFlag(cell, 'aria-invalid', isInvalid);

export const tellLocked = (cell: Element, isLocked: boolean): void => setFlag(cell, 'aria-readonly', isLocked);

/** The library counts its headers with the rows, and not again when the filter's boxes come or go. */
export const tellRowCount = (element: Element, count: number): void => {
  const grid = element.querySelector('[role="grid"]');
  // Not known yet: it is counted once it is.
  if (grid?.getAttribute('aria-rowcount') !== '-1') grid?.setAttribute('aria-rowcount', String(count));
};

/** What happens is said by the window's own live region; the library's would talk over it. */
export const quieten = (element: Element): void =>
  element.querySelector('.ag-aria-description-container')?.setAttribute('aria-live', 'off');
