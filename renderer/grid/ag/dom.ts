/** Small pieces of DOM for cells and editors, which are not React: a grid redraws hundreds of them in one frame. */
import type { IconName } from '../../ui/Icon.tsx';
import { iconPaths } from '../../ui/Icon.tsx';

const svg = 'http://www.w3.org/2000/svg';

export const element = <K extends keyof HTMLElementTagNameMap>(
  name: K,
  className: string,
  text = '',
): HTMLElementTagNameMap[K] => {
  const made = document.createElement(name);
  if (className !== '') made.className = className;
  if (text !== '') made.textContent = text;
  return made;
};

/** An icon; never the only bearer of a meaning, so hidden from assistive technology. */
export const icon = (name: IconName, size: 12 | 14 | 16 = 14): SVGSVGElement => {
  const made = document.createElementNS(svg, 'svg');
  made.setAttribute('class', `i s${size}`);
  made.setAttribute('viewBox', '0 0 16 16');
  made.setAttribute('aria-hidden', 'true');
  const path = document.createElementNS(svg, 'path');
  path.setAttribute('d', iconPaths[name]);
  made.append(path);
  return made;
};

/** Text for assistive technology only. */
export const hidden = (text: string): HTMLSpanElement => element('span', 'vh', text);

/** Says of a cell that it is selected with others, to assistive technology. */
export const sayMark = (cell: Element, marks: number): void => {
  if (marks === 0) cell.removeAttribute('aria-selected');
  else cell.setAttribute('aria-selected', 'true');
};

/** Whether a cell has the focus. A box under a header lies in the grid, too, and what is typed there goes on there. */
export const isOnCell = (grid: HTMLElement): boolean => {
  const cell = document.activeElement?.closest('.ag-cell') ?? null;
  return cell !== null && grid.contains(cell);
};
