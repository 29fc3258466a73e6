/** What of a record is written by itself, and meets what others wrote: its fields, and beside a state the text that is none. */

/** `status!`: the register of a state's text that is no legal transition (DECISIONS.md 3). */
export const isStateText = (register: string): boolean => register.endsWith('!');
export const stateText = (field: string): string => `${field}!`;
/** The field a register is about: itself, or the state field of `status!`. */
export const fieldOfRegister = (register: string): string => (isStateText(register) ? register.slice(0, -1) : register);
