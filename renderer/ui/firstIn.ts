/** Where the focus begins in a box: on what is marked `data-focus-first`, else on the first control of its body, not on Close. */
export const firstIn = (box: Element | null | undefined): HTMLElement | null =>
  box?.querySelector<HTMLElement>('[data-focus-first]') ??
  box?.querySelector<HTMLElement>('.dialog-body :is(input, select, textarea, button)') ??
  null;
