/** What the two binary kinds of workbook, .xls and .xlsb, write alike. */

/** A number packed into 30 bits: whole or the upper half of a double, perhaps times 100. */
export const unpackRk = (packed: number): number => {
  const half = Buffer.alloc(8);
  half.writeInt32LE(packed & ~3, 4);
  const value = (packed & 2) !== 0 ? packed >> 2 : half.readDoubleLE(0);
  return (packed & 1) !== 0 ? value / 100 : value;
};

const ERRORS: Readonly<Record<number, string>> = {
  0: '#NULL!',
  7: '#DIV/0!',
  15: '#VALUE!',
  23: '#REF!',
  29: '#NAME?',
  36: '#NUM!',
  42: '#N/A',
  43: '#GETTING_DATA',
};
export const errorText = (code: number): string => ERRORS[code] ?? '#ERROR!';

export const flagText = (value: number): string => (value === 0 ? 'FALSE' : 'TRUE');
