/**
 * Files kept with a record: photos of a visit, a signed proof, a drawing. What comes is somebody else's: only files of known
 * types are kept, none that a double click would run, and a picture has to begin as one, as it is shown inside the window.
 */
export const MAX_ATTACHMENT_BYTES = 4 * 2 ** 20;

export const attachmentKinds = [
  { key: 'photo', label: 'Photo' },
  { key: 'proof', label: 'Proof of delivery' },
  { key: 'sign_off', label: 'Sign-off' },
  { key: 'drawing', label: 'Drawing' },
  { key: 'permit', label: 'Permit' },
  { key: 'paper', label: 'Paper' },
] as const;
export type AttachmentKind = (typeof attachmentKinds)[number]['key'];

type FileType = { readonly mime: string; readonly begins?: readonly number[] };

const ascii = (text: string): readonly number[] => [...text].map((character) => character.charCodeAt(0));

/** By the ending of the name. What has a beginning is looked at. */
const types: Readonly<Record<string, FileType>> = {
  jpg: { mime: 'image/jpeg', begins: [0xff, 0xd8, 0xff] },
  jpeg: { mime: 'image/jpeg', begins: [0xff, 0xd8, 0xff] },
  png: { mime: 'image/png', begins: [0x89, ...ascii('PNG')] },
  gif: { mime: 'image/gif', begins: ascii('GIF8') },
  webp: { mime: 'image/webp', begins: ascii('RIFF') },
  pdf: { mime: 'application/pdf', begins: ascii('%PDF') },
  heic: { mime: 'image/heic' },
  tif: { mime: 'image/tiff' },
  tiff: { mime: 'image/tiff' },
  txt: { mime: 'text/plain' },
  csv: { mime: 'text/csv' },
  tsv: { mime: 'text/tab-separated-values' },
  xlsx: { mime: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet' },
  xls: { mime: 'application/vnd.ms-excel' },
  ods: { mime: 'application/vnd.oasis.opendocument.spreadsheet' },
  docx: { mime: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document' },
  odt: { mime: 'application/vnd.oasis.opendocument.text' },
  pptx: { mime: 'application/vnd.openxmlformats-officedocument.presentationml.presentation' },
  eml: { mime: 'message/rfc822' },
  msg: { mime: 'application/vnd.ms-outlook' },
  dwg: { mime: 'image/vnd.dwg' },
  dxf: { mime: 'image/vnd.dxf' },
};

/** For the dialog that picks files. */
export const attachmentEndings: readonly string[] = Object.keys(types).map((ending) => `.${ending}`);

const endingOf = (name: string): string => /\.([^.]+)$/.exec(name)?.[1]?.toLowerCase() ?? '';

const typeOf = (name: string): FileType | undefined => {
  const ending = endingOf(name);
  return Object.hasOwn(types, ending) ? types[ending] : undefined;
};

/** The media type by the name; null for what is not kept. */
export const mediaTypeOf = (name: string): string | null => typeOf(name)?.mime ?? null;

const shown: readonly string[] = ['image/jpeg', 'image/png', 'image/gif', 'image/webp'];

/** Whether the window can show it itself. */
export const isPicture = (mime: string | null): boolean => mime !== null && shown.includes(mime);

/** What a file of that name most likely is, on a record of that table. */
export const likelyKind = (name: string, table: string): AttachmentKind => {
  const mime = mediaTypeOf(name) ?? '';
  if (mime.endsWith('dwg') || mime.endsWith('dxf')) return 'drawing';
  if (/\bpod\b|proof|signed/i.test(name)) return table === 'bookings' ? 'proof' : 'paper';
  return mime.startsWith('image/') ? 'photo' : 'paper';
};

const MAX_NAME = 120;
/** Characters of file systems and of the terminal, and those that turn the direction of text round: `gpj.exe` must not read `exe.jpg`. */
const UNSAFE = /[\p{Cc}\p{Cf}<>:"/\\|?*]/gu;
const RESERVED = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i;

/** A name that is one on every system, with its ending; empty where nothing is left. */
export const safeFileName = (name: string): string => {
  const last = name.split(/[/\\]/).at(-1) ?? '';
  const clean = last
    .replaceAll(UNSAFE, '')
    .replace(/^[\s.]+/, '')
    .replace(/[\s.]+$/, '');
  const ending = /\.[^.]{1,8}$/.exec(clean)?.[0] ?? '';
  const stem = clean.slice(0, clean.length - ending.length);
  if (stem === '') return '';
  const short = [...stem]
    .slice(0, MAX_NAME - ending.length)
    .join('')
    .trimEnd();
  return `${RESERVED.test(short) ? '_' : ''}${short}${ending}`;
};

/** Why a file cannot be kept, in words; null where it can. @param name as it is kept */
export const attachmentFault = (name: string, bytes: Uint8Array): string | null => {
  if (name === '') return 'A file needs a name.';
  const type = typeOf(name);
  if (type === undefined)
    return `“${name}” is of a kind that is not kept. Pictures, PDF, mails, drawings, texts and office documents are.`;
  if (bytes.length === 0) return `“${name}” is empty.`;
  if (bytes.length > MAX_ATTACHMENT_BYTES)
    return `“${name}” is larger than ${MAX_ATTACHMENT_BYTES / 2 ** 20} MB. Keep it where your team keeps large files, and note where.`;
  if (type.begins?.some((byte, at) => bytes[at] !== byte) === true)
    return `“${name}” is not what its ending says. Nothing of it was kept.`;
  return null;
};
