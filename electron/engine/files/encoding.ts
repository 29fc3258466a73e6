/**
 * Bytes of a file to text. The order of the tests is the order of proof: a byte order mark, the zero bytes that only
 * UTF-16 has, strict UTF-8, and Windows-1252 for what is none of these. Text is never repaired behind the person's
 * back: what cannot be undone (replacement characters, double encoding) is said.
 */
import { AppError } from '../../../shared/contract/define.ts';
import { countOf, type Evidence } from '../../../shared/domain/import/evidence.ts';

export type Decoded = {
  readonly text: string;
  readonly encoding: Evidence;
  /** What befell the text before it came here, in words. */
  readonly accidents: readonly string[];
};

const LOOKED_AT = 65_536;

const marks: readonly (readonly [label: string, bytes: readonly number[]])[] = [
  ['utf-8', [0xef, 0xbb, 0xbf]],
  ['utf-32le', [0xff, 0xfe, 0, 0]],
  ['utf-32be', [0, 0, 0xfe, 0xff]],
  ['utf-16le', [0xff, 0xfe]],
  ['utf-16be', [0xfe, 0xff]],
];

/** First bytes of files that are not text, and what they are. */
const binaries: readonly (readonly [bytes: string, what: string])[] = [
  ['504b0304', 'a workbook or another zip archive'],
  ['d0cf11e0', 'an old workbook or another Office document'],
  ['7b5c727466', 'a text document (RTF): save the table as CSV'],
  ['89504e47', 'a picture'],
  ['ffd8ff', 'a picture'],
  ['377abcaf271c', 'a compressed file (7z): unpack it first'],
  ['526172211a', 'a compressed file (RAR): unpack it first'],
  ['25504446', 'a PDF'],
  ['1f8b', 'a compressed file (gzip): unpack it first'],
  ['53514c69746520666f726d6174', 'a database'],
];

const hasMark = (bytes: Uint8Array, mark: readonly number[]): boolean => mark.every((byte, at) => bytes[at] === byte);

const countZeros = (bytes: Uint8Array): readonly [even: number, odd: number] => {
  const end = Math.min(bytes.length, LOOKED_AT);
  const zeros: [number, number] = [0, 0];
  for (let at = 0; at < end; at += 1) if (bytes[at] === 0) zeros[at % 2 === 0 ? 0 : 1] += 1;
  return zeros;
};

/** UTF-16 of a script beyond Latin has few zeros: each is half of a line end, a digit or a separator, and there are line ends. */
const isSparse = (bytes: Uint8Array, encoding: string, zeros: number): boolean => {
  const text = new TextDecoder(encoding).decode(bytes.subarray(0, LOOKED_AT));
  const latin = text.split('').filter((one) => one < '\u0100' && one !== '\0');
  return /[\r\n]/.test(text) && latin.length === zeros && !text.includes('\ufffd');
};

/** Control characters that stand in texts: white space, the separators of units and records, the end sign of DOS. */
const USUAL = new Set([0, 9, 10, 11, 12, 13, 26, 27, 30, 31]);

/** Zero bytes in a text that has no other sign of being none: a program's slip, kept as it stands. */
const areStray = (bytes: Uint8Array, zeros: number): boolean => {
  const head = bytes.subarray(0, LOOKED_AT);
  return zeros <= head.length * 0.05 && head.every((byte) => byte >= 32 || USUAL.has(byte));
};

/** UTF-16 without a mark: nearly every other byte of western text is zero, always on the same side. */
const byZeros = (bytes: Uint8Array): Evidence | null => {
  const [even, odd] = countZeros(bytes);
  if (even + odd === 0) return null;
  const half = Math.min(bytes.length, LOOKED_AT) / 2;
  const side = odd > even ? 'second' : 'first';
  const answer = odd > even ? 'utf-16le' : 'utf-16be';
  const [most, least] = [Math.max(odd, even), Math.min(odd, even)];
  const because = [`${most} of ${half} ${side} bytes are zero`];
  if (most > half * 0.3 && least < half * 0.05) return { answer, sure: true, because };
  if (least === 0 && bytes.length % 2 === 0 && isSparse(bytes, answer, most)) return { answer, sure: true, because };
  if (areStray(bytes, even + odd)) return null;
  throw new AppError('bad-file', 'This is no text file: it holds zero bytes', { zeros: even + odd });
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

/** UTF-8 that was taken for Windows-1252 and written as UTF-8 again: `Ã¼` for `ü`, `â€“` for `–`. */
const TWICE = /[ÂÃ][\u0080-\u00bf\u0152-\u2122]|[Ä-ß][\u0080-\u00bf\u0152-\u2122](?=[a-z]|$)|â€[\u0080-\u2122]/g;
/** What a person asks for to have that undone. */
const REPAIR = 'utf-8-twice';

/** What a file's text says of an accident before it came here. */
const findAccidents = (text: string): readonly string[] => {
  const replaced = text.match(/\ufffd/g)?.length ?? 0;
  const double = text.match(TWICE) ?? [];
  const zeros = text.includes('\0') ? text.split('\0').length - 1 : 0;
  const [first = ''] = double;
  return [
    ...(replaced > 0
      ? [`${countOf(replaced, 'character was', 'characters were')} already lost before (�) and cannot be repaired here`]
      : []),
    ...(double.length > 0
      ? [
          `${countOf(double.length, 'place looks', 'places look')} encoded twice (“${first}” for “${repair(first)}”): read it as ${REPAIR} to undo that`,
        ]
      : []),
    ...(zeros > 0
      ? [countOf(zeros, 'zero byte stands in the text and is kept', 'zero bytes stand in the text and are kept')]
      : []),
  ];
};

/** The bytes that Windows-1252 gives the characters it has beyond Latin-1. */
const windowsBytes = (): ReadonlyMap<string, number> => {
  const bytes = Uint8Array.from({ length: 32 }, (_, at) => 0x80 + at);
  return new Map([...new TextDecoder('windows-1252').decode(bytes)].map((character, at) => [character, 0x80 + at]));
};

/** Undoes one encoding too many, place by place: what is no such accident stays as it is. */
const repair = (text: string): string => {
  const known = windowsBytes();
  return text.replace(/[\u0080-\u00ff\u0152-\u2122]{2,}/g, (run) => {
    const bytes = Uint8Array.from([...run], (one) => known.get(one) ?? one.charCodeAt(0));
    const hasOther = [...run].some((one) => !known.has(one) && one.charCodeAt(0) > 0xff);
    return hasOther ? run : (decodeStrictly(bytes) ?? run);
  });
};

/** Four bytes for each character: no decoder knows it, and few programs write it. */
const decodeWide = (bytes: Uint8Array, isBig: boolean): string => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const characters: string[] = [];
  for (let at = 4; at + 4 <= bytes.length; at += 4) {
    const code = view.getUint32(at, !isBig);
    characters.push(code <= 0x10_ffff ? String.fromCodePoint(code) : '\ufffd');
  }
  return characters.join('');
};

const decodeAs = (bytes: Uint8Array, encoding: string): string => {
  if (encoding === 'utf-32le' || encoding === 'utf-32be') return decodeWide(bytes, encoding === 'utf-32be');
  if (encoding.toLowerCase() === REPAIR) return repair(new TextDecoder('utf-8').decode(bytes));
  try {
    return new TextDecoder(encoding).decode(bytes);
  } catch {
    throw new AppError('bad-recipe', `“${encoding}” is no encoding that is known here`, { encoding });
  }
};

const detect = (bytes: Uint8Array): Pick<Decoded, 'text' | 'encoding'> => {
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
  return byteEncoding(bytes);
};

/** Places where Windows-1252 has signs that stand in no word, and Macintosh has the letters of most of Europe. */
const ODD =
  /[A-Za-z][\u0080-\u0091\u0093-\u0099\u009b\u009d\u009f](?=[a-z])|[A-Za-z]{2}[\u0080-\u0089\u008d\u008f](?![\u0080-\u00ff])/g;

/**
 * Windows-1250 shares š and ž with Windows-1252, and has ř, ů, ť, ł where that has signs and letters of other lands: ø beside ž is
 * in no language of the west, nor is ³ or ¿ within a word.
 */
const CENTRAL_SHARED = /[\u008a\u008e\u009a\u009e]/;
const CENTRAL_OWN = /[\u00c8\u00cc\u00cf\u00d2\u00d8\u00e8\u00ec\u00ef\u00f2\u00f8\u00f9\u009d]/;
const CENTRAL_WITHIN =
  /[A-Za-z\u00c0-\u00ff][\u009d\u009f\u00b3\u00b9\u00be\u00bf](?=[a-z])|(?<![A-Za-z])[\u00a3\u00af](?=[a-z\u00e0-\u00ff])/;
const isCentral = (latin: string): boolean =>
  (CENTRAL_SHARED.test(latin) && CENTRAL_OWN.test(latin)) || CENTRAL_WITHIN.test(latin);

/** What is neither Unicode nor ASCII. Windows-1252 is by far the most likely; where it makes little sense, that is said. */
const byteEncoding = (bytes: Uint8Array): Pick<Decoded, 'text' | 'encoding'> => {
  const latin = Buffer.from(bytes.subarray(0, LOOKED_AT)).toString('latin1');
  const high = latin.match(/[\u0080-\u00ff]/g)?.length ?? 0;
  const letters = latin.match(/[A-Za-z]/g)?.length ?? 0;
  const odd = latin.match(ODD)?.length ?? 0;
  const pairs = countUtf8Pairs(bytes);
  const isMac = odd > 0 && odd >= high * 0.4;
  const isEastern = !isMac && isCentral(latin);
  const answer = isMac ? 'macintosh' : isEastern ? 'windows-1250' : 'windows-1252';
  const isForeign = high > letters;
  const because = [
    'some bytes are no UTF-8',
    ...(isMac ? [`${odd} of ${high} signs would stand within words in Windows-1252`] : []),
    ...(isEastern ? ['letters of Central Europe would be signs or letters of other lands in Windows-1252'] : []),
    ...(pairs > 0 ? [`${countOf(pairs, 'place')} would be good UTF-8: the file may be a mixture`] : []),
    ...(isForeign ? ['most letters are beyond ASCII: perhaps it is of another script, and its encoding has to be named'] : []),
  ];
  return {
    text: decodeAs(bytes, answer),
    encoding: { answer, sure: !isMac && !isEastern && !isForeign && pairs === 0, because },
  };
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
  const { text: whole, encoding } =
    given === null
      ? detect(bytes)
      : { text: decodeAs(bytes, given), encoding: { answer: given.toLowerCase(), sure: true, because: ['given'] } };
  // Programs of DOS end a text with this sign.
  const end = whole.trimEnd();
  const text = end.endsWith('\u001a') ? end.slice(0, -1) : whole;
  const accidents = findAccidents(text);
  return { text, encoding: { ...encoding, because: [...encoding.because, ...accidents] }, accidents };
};
