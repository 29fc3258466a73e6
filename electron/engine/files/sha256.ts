/** SHA-256 in hexadecimal, as papers, kept files and agreed contents are known by. */
import { createHash } from 'node:crypto';

export const sha256 = (data: Uint8Array | string): string => createHash('sha256').update(data).digest('hex');
