/** The nonce of this load, for libraries that write style elements. Undefined where the page is served without one. */
export const nonce = (): string | undefined => {
  const given = document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content;
  return given === undefined || given.startsWith('__') ? undefined : given;
};
