/**
 * The XML of a workbook's parts, one tag after the other. A sheet of 100,000 rows is 80 MB of XML in a few shapes of
 * tag: it is walked, never built into a tree. Entities other than XML's own five and numbers are not known and stay
 * as they are written, so nothing in a file can expand.
 */

export type XmlSink = {
  /** `name` is without its prefix; `attributes` is the text behind it, for `attribute`. An empty tag is opened and closed. */
  readonly open: (name: string, attributes: string) => void;
  readonly text: (text: string) => void;
  readonly close: (name: string) => void;
};

export class TooLongText extends Error {}

/** Bytes decoded at a time. */
const PIECE = 1 << 20;

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

const decodeOne = (whole: string, name: string): string => {
  if (!name.startsWith('#')) return ENTITIES[name] ?? whole;
  const code = /^#x/i.test(name) ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1));
  return code > 0 && code <= 0x10_ffff ? String.fromCodePoint(code) : whole;
};

export const decodeEntities = (text: string): string =>
  text.includes('&') ? text.replace(/&(#x?[0-9a-f]{1,7}|[a-z]{2,5});/gi, decodeOne) : text;

/** The value of an attribute, whatever its prefix; null where there is none. */
export const attribute = (attributes: string, name: string): string | null => {
  const wanted = `${name}="`;
  for (let at = attributes.indexOf(wanted); at >= 0; at = attributes.indexOf(wanted, at + 1)) {
    const before = attributes.charCodeAt(at - 1);
    if (at > 0 && before > 32 && before !== 58) continue;
    const start = at + wanted.length;
    const end = attributes.indexOf('"', start);
    return end < 0 ? null : decodeEntities(attributes.slice(start, end));
  }
  if (!attributes.includes("'") && !attributes.includes(' =') && !attributes.includes('= ')) return null;
  const found = new RegExp(`(?:^|[\\s:])${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)')`).exec(attributes);
  return found ? decodeEntities(found[1] ?? found[2] ?? '') : null;
};

const QUOTE = 34;
const APOSTROPHE = 39;

/** The end of the tag that begins at `from`: the `>` outside quotes; -1 where it is not there yet. */
const findTagEnd = (text: string, from: number): number => {
  let end = text.indexOf('>', from);
  let quote = 0;
  for (let at = from; end >= 0; end = text.indexOf('>', end + 1)) {
    for (; at < end; at += 1) {
      const code = text.charCodeAt(at);
      if (quote === 0 ? code === QUOTE || code === APOSTROPHE : code === quote) quote = quote === 0 ? code : 0;
    }
    if (quote === 0) return end;
  }
  return -1;
};

const SPECIAL: readonly (readonly [start: string, end: string])[] = [
  ['<!--', '-->'],
  ['<![CDATA[', ']]>'],
  ['<?', '?>'],
];

const localName = (text: string, from: number, end: number): { readonly name: string; readonly rest: number } => {
  let start = from;
  let at = from;
  for (; at < end; at += 1) {
    const code = text.charCodeAt(at);
    if (code === 58) start = at + 1;
    else if (code <= 32) break;
  }
  return { name: text.slice(start, at), rest: at };
};

/** Takes one piece of markup that begins at `at`; gives where it ends, or -1 where the text ends before it. */
const takeMarkup = (text: string, at: number, sink: XmlSink): number => {
  // Pages are written by hand: a `<` before a space or a digit is one.
  const first = text.charCodeAt(at + 1);
  if (first <= 32 || (first >= 48 && first <= 61)) {
    sink.text('<');
    return at + 1;
  }
  const special = first === 33 || first === 63;
  if (special) {
    for (const [start, end] of SPECIAL) {
      if (!text.startsWith(start, at)) continue;
      const close = text.indexOf(end, at + start.length);
      if (close < 0) return -1;
      if (end === ']]>') sink.text(text.slice(at + start.length, close));
      return close + end.length;
    }
  }
  const end = findTagEnd(text, at + 1);
  if (end < 0) return -1;
  if (special) return end + 1;
  if (first === 47) {
    sink.close(localName(text, at + 2, end).name);
    return end + 1;
  }
  const isEmpty = text.charCodeAt(end - 1) === 47;
  const { name, rest } = localName(text, at + 1, isEmpty ? end - 1 : end);
  sink.open(name, text.slice(rest, isEmpty ? end - 1 : end));
  if (isEmpty) sink.close(name);
  return end + 1;
};

/** Takes what is whole in a text; gives what is left of it. */
const takeWhole = (text: string, sink: XmlSink, decode = decodeEntities): string => {
  let at = 0;
  for (;;) {
    const tag = text.indexOf('<', at);
    if (tag < 0) return text.slice(at);
    if (tag > at) sink.text(decode(text.slice(at, tag)));
    const next = takeMarkup(text, tag, sink);
    if (next < 0) return text.slice(tag);
    at = next;
  }
};

/** Walks a text that is decoded already; what is no whole tag at its end is text. */
export const scanText = (text: string, sink: XmlSink, decode = decodeEntities): void => {
  const rest = takeWhole(text, sink, decode);
  if (!rest.startsWith('<')) sink.text(decode(rest));
};

/**
 * Walks the bytes of a part piece by piece.
 * @param longest characters that one tag or one text between tags may have
 * @throws TooLongText beyond that
 */
export const scanXml = (bytes: Uint8Array, sink: XmlSink, longest: number, told: (part: number) => void = () => {}): void => {
  const wide =
    bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : 'utf-8';
  const decoder = new TextDecoder(wide);
  let rest = '';
  for (let at = 0; at < bytes.length; at += PIECE) {
    const isLast = at + PIECE >= bytes.length;
    rest = takeWhole(rest + decoder.decode(bytes.subarray(at, at + PIECE), { stream: !isLast }), sink);
    if (rest.length > longest + PIECE) throw new TooLongText();
    told(Math.min(1, (at + PIECE) / bytes.length));
  }
};
