/**
 * Bytes of a file to text. The order of the tests is the order of proof: a byte order mark, the zero bytes that only
 * UTF-16 has, strict UTF-8, and Windows-1252 for what is none of these. Text is never repaired behind the person's
 * back: what cannot be undone (replacement characters, double encoding) is said.
 */
import { AppError } from '../../../shared/contract/define.ts';
import type { Evidence } from '../../../shared/domain/import/evidence.ts';

export type Decoded = { readonly text: string; readonly encoding: Evidence };

const LOOKED_AT = 65_536;

const marks: readonly (readonly [label: string, bytes: readonly number[]])[] = [
  ['utf-8', [0xef, 0xbb, 0xbf]],
  ['utf-16le', [0xff, 0xfe]],
  ['utf-16be', [0xfe, 0xff]],
];

/** First bytes of files that are not text, and what they are. */
const binaries: readonly (readonly [bytes: string, what: string])[] = [
  ['504b0304', 'a workbook (.xlsx) or another zip archive: save the sheet as CSV first'],
  ['d0cf11e0', 'an old workbook (.xls): save the sheet as CSV first'],
  ['25504446', 'a PDF'],
  ['1f8b', 'a compressed file (gzip): unpack it first'],
  ['53514c69746520666f726d6174', 'a database'],
];

const hasMark = (bytes: Uint8Array, mark: readonly number[]): boolean => mark.every((byte, at) => bytes[at] === byte);

/** UTF-16 without a mark: nearly every other byte of western text is zero, always on the same side. */
const byZeros = (bytes: Uint8Array): Evidence | null => {
  const end = Math.min(bytes.length, LOOKED_AT);
  const zeros = [0, 0];
  for (let at = 0; at < end; at += 1) if (bytes[at] === 0) zeros[at % 2] = (zeros[at % 2] ?? 0) + 1;
  const [even = 0, odd = 0] = zeros;
  if (even + odd === 0) return null;
  const half = end / 2;
  const found = odd > half * 0.3 && even < half * 0.05 ? 'utf-16le' : even > half * 0.3 && odd < half * 0.05 ? 'utf-16be' : null;
  if (!found) throw new AppError('bad-file', 'This is no text file: it holds zero bytes', { zeros: even + odd });
  return {
    answer: found,
    sure: true,
    because: [`${Math.max(odd, even)} of ${half} ${odd > even ? 'second' : 'first'} bytes are zero`],
  };
};

const decodeStrictly = (bytes: Uint8Array): string | null => {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
};

/** Sequences of bytes that are good UTF-8 although the file as a whole is not. */
const countUtf8Pairs = (bytes: Uint8Array): number => {
  const latin = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, 1_000_000)).toString('latin1');
  return latin.match(/[\u00c3-\u00f4][\u0080-\u00bf]+/g)?.length ?? 0;
};

/** What a file's text says of an accident before it came here. */
const findAccidents = (text: string): readonly string[] => {
  const replaced = text.match(/\ufffd/g)?.length ?? 0;
  const double = text.match(/Ã[\u0080-\u00bf\u0152-\u2122]|â€[\u0080-\u2122]/g)?.length ?? 0;
  return [
    ...(replaced > 0 ? [`${replaced} characters were already lost before (�) and cannot be repaired here`] : []),
    ...(double > 0 ? [`${double} places look encoded twice (“Ã¼” for “ü”): export the file again as UTF-8`] : []),
  ];
};

const decodeAs = (bytes: Uint8Array, encoding: string): string => {
  try {
    return new TextDecoder(encoding).decode(bytes);
  } catch {
    throw new AppError('bad-recipe', `“${encoding}” is no encoding that is known here`, { encoding });
  }
};

const detect = (bytes: Uint8Array): Decoded => {
  const mark = marks.find(([, found]) => hasMark(bytes, found));
  if (mark) {
    return { text: decodeAs(bytes, mark[0]), encoding: { answer: mark[0], sure: true, because: ['a byte order mark'] } };
  }
  const wide = byZeros(bytes);
  if (wide) return { text: decodeAs(bytes, wide.answer), encoding: wide };
  const strict = decodeStrictly(bytes);
  if (strict !== null) {
    const isPlain = strict.length === bytes.length;
    const because = isPlain ? 'nothing but ASCII, which every encoding shares' : 'every byte sequence is good UTF-8';
    return { text: strict, encoding: { answer: 'utf-8', sure: true, because: [because] } };
  }
  const pairs = countUtf8Pairs(bytes);
  const because = [
    'some bytes are no UTF-8',
    ...(pairs > 0 ? [`${pairs} places would be good UTF-8: the file may be a mixture`] : []),
  ];
  return { text: decodeAs(bytes, 'windows-1252'), encoding: { answer: 'windows-1252', sure: pairs === 0, because } };
};

/**
 * Decodes a file.
 * @param given the encoding a recipe or a person names; null to find it
 * @throws AppError `bad-file` for what is no text, `bad-recipe` for an unknown encoding
 */
export const decodeText = (bytes: Uint8Array, given: string | null): Decoded => {
  const head = Buffer.from(bytes.subarray(0, 16)).toString('hex');
  const binary = binaries.find(([start]) => head.startsWith(start));
  if (binary) throw new AppError('bad-file', `This is no text file but ${binary[1]}`);
  const { text, encoding } =
    given === null
      ? detect(bytes)
      : { text: decodeAs(bytes, given), encoding: { answer: given.toLowerCase(), sure: true, because: ['given'] } };
  return { text, encoding: { ...encoding, because: [...encoding.because, ...findAccidents(text)] } };
};
