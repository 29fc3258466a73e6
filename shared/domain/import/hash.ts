/**
 * A short hash of a cell's source text, kept per field so that the next import of the same source can tell what
 * changed there. It guards against nothing and is never compared between systems.
 */

/** 40 bits, base 36: two texts that differ share a hash once in 10^12. */
export const hashText = (text: string): string => {
  let a = 0xdeadbeef;
  let b = 0x41c6ce57;
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    a = Math.imul(a ^ unit, 2654435761);
    b = Math.imul(b ^ unit, 1597334677);
  }
  a = Math.imul(a ^ (a >>> 16), 2246822507) ^ Math.imul(b ^ (b >>> 13), 3266489909);
  b = Math.imul(b ^ (b >>> 16), 2246822507) ^ Math.imul(a ^ (a >>> 13), 3266489909);
  return ((b >>> 24) * 4294967296 + (a >>> 0)).toString(36);
};

/** The cells of a row under one hash; no two different rows are the same text, whatever their cells hold. */
export const hashRow = (cells: readonly string[]): string => hashText(cells.map((cell) => `${cell.length}:${cell}`).join(''));
