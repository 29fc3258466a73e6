/** The parts of a workbook, read by the archive's own directory, and its cells by the words of the markup. */
import fs from 'node:fs';
import { crc32, inflateRawSync } from 'node:zlib';

/** Text by the name of a part. Throws where a figure of the directory is not that of the data. */
export const readParts = (file: string): ReadonlyMap<string, string> => {
  const bytes = fs.readFileSync(file);
  const end = bytes.length - 22;
  if (bytes.readUInt32LE(end) !== 0x06054b50) throw new Error('no directory');
  const parts = new Map<string, string>();
  let at = bytes.readUInt32LE(end + 16);
  for (let left = bytes.readUInt16LE(end + 10); left > 0; left -= 1) {
    const [crc, packed, size, length] = [16, 20, 24].map((o) => bytes.readUInt32LE(at + o)).concat(bytes.readUInt16LE(at + 28));
    const local = bytes.readUInt32LE(at + 42);
    const name = bytes.toString('utf8', at + 46, at + 46 + (length ?? 0));
    if (!bytes.subarray(local + 4, local + 30).equals(bytes.subarray(at + 6, at + 32))) throw new Error(`${name}: two heads`);
    const from = local + 30 + (length ?? 0);
    const text = inflateRawSync(bytes.subarray(from, from + (packed ?? 0)));
    if (text.length !== size || crc32(text) !== crc) throw new Error(`${name}: not what the directory says`);
    parts.set(name, text.toString('utf8'));
    at += 46 + (length ?? 0);
  }
  return parts;
};

const unescape = (text: string): string =>
  text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&')
    .replace(/_x([0-9A-F]{4})_/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));

export type ReadCell = {
  readonly type: 'text' | 'number' | 'flag' | 'formula' | 'blank';
  readonly value: string;
  readonly format: string;
  readonly style: string;
};

/** The cells of the sheet by their place, with the code of their number format and the whole of their style. */
export const readCells = (parts: ReadonlyMap<string, string>): ReadonlyMap<string, ReadCell> => {
  const styles = parts.get('xl/styles.xml') ?? '';
  const codes = new Map(
    [...styles.matchAll(/numFmtId="(\d+)" formatCode="([^"]*)"/g)].map(([, id, code]) => [id, unescape(code ?? '')]),
  );
  const xfs = [...(/<cellXfs.*?<\/cellXfs>/s.exec(styles)?.[0] ?? '').matchAll(/<xf [^>]*?(?:\/>|>.*?<\/xf>)/gs)].map(
    ([xf]) => xf,
  );
  const cells = new Map<string, ReadCell>();
  for (const [, place = '', attributes = '', inner = ''] of (parts.get('xl/worksheets/sheet1.xml') ?? '').matchAll(
    /<c r="([A-Z]+\d+)"([^>]*?)(?:\/>|>(.*?)<\/c>)/gs,
  )) {
    const style = xfs[Number(/s="(\d+)"/.exec(attributes)?.[1] ?? 0)] ?? '';
    const id = /numFmtId="(\d+)"/.exec(style)?.[1] ?? '';
    const text = /<t[^>]*>(.*)<\/t>/s.exec(inner)?.[1];
    const value = /<v>(.*)<\/v>/.exec(inner)?.[1] ?? '';
    const formula = /<f>(.*)<\/f>/.exec(inner)?.[1];
    const type = attributes.includes('t="b"') ? 'flag' : inner === '' ? 'blank' : 'number';
    cells.set(place, {
      ...(formula !== undefined
        ? { type: 'formula', value: `${formula} = ${value}` }
        : text === undefined
          ? { type, value }
          : { type: 'text', value: unescape(text) }),
      format: codes.get(id) ?? id,
      style,
    });
  }
  return cells;
};
