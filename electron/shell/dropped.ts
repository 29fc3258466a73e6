/**
 * Where a file that a person dropped or chose lies. The page gets the path of a file it was handed and of no other; an
 * older runtime has no way to say, and then the page hands over the bytes instead.
 */

/** The part of Electron that knows; absent before version 29. */
type Paths = { readonly getPathForFile: (file: never) => string };

/** @returns '' where nobody knows */
export const pathOfFile = (paths: Paths | undefined, file: unknown): string => {
  try {
    return paths?.getPathForFile(file as never) ?? '';
  } catch {
    // Not a file at all: whatever the page asked about has no path.
    return '';
  }
};
