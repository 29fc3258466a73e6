/** The column of reasons in files of rows that were left out: ours, and never data when such a file comes back. */

const REASON = 'Reason (left out of the import)';

export const isReason = (header: string): boolean => header.startsWith(REASON);

/** A name for it that no column of the file has. */
export const reasonHeader = (headers: readonly string[]): string => {
  let name = REASON;
  for (let more = 2; headers.includes(name); more += 1) name = `${REASON} (${more})`;
  return name;
};
