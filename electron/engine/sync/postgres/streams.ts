/** The pieces of streams on a hub in PostgreSQL: as whoever reads there gets them, and whoever keeps the hub. */
import { GET_BYTES, GET_OPS } from '../hub.ts';
import type { Hub, HubProblem } from '../hub.ts';
import { encodeSegment, parseSegment } from '../segment-file.ts';
import type { SealedSegment } from '../segment-file.ts';
import type { Ask, Row } from './connection.ts';

type Run = <T>(work: (ask: Ask) => Promise<T>) => Promise<T>;

const readSegment = (row: Row): SealedSegment | string => {
  const { head, body, hash, sig } = row as { head: Buffer; body: Buffer; hash: Buffer; sig: Buffer };
  return parseSegment(encodeSegment({ head: head.toString(), body, hash, sig }));
};

const getSegments = (ask: Ask, stream: readonly [scope: string, dev: string], after: number, limit: number) =>
  ask(
    `SELECT head, body, hash, sig FROM (
       SELECT head, body, hash, sig, to_seq, from_seq - $3::bigint - 1 AS ops,
         sum(octet_length(body)) OVER (ORDER BY to_seq) - octet_length(body) AS bytes
       FROM workbench.segment WHERE scope = $1 AND dev = $2 AND to_seq > $3 ORDER BY to_seq LIMIT $4) s
     WHERE bytes < $5 AND ops < $6 ORDER BY to_seq`,
    [...stream, after, limit, GET_BYTES, GET_OPS],
  );

/** @param tell hears of what is no piece */
export const createStreams = (run: Run, tell: (problem: HubProblem) => void): Pick<Hub, 'get' | 'around'> => ({
  async get({ scope, dev }, after, limit) {
    const rows = await run((ask) => getSegments(ask, [scope, dev], after, limit));
    const segments: SealedSegment[] = [];
    for (const row of rows) {
      const segment = readSegment(row);
      if (typeof segment === 'string') {
        tell({
          where: `${scope}/${dev}`,
          what: segment,
          waits: { scope, dev, why: 'damaged', what: segment, file: null, upTo: null },
        });
        break;
      }
      segments.push(segment);
    }
    return segments;
  },
  async around({ scope, dev }, seq) {
    const [row] = await run((ask) => getSegments(ask, [scope, dev], seq - 1, 1));
    const segment = row === undefined ? 'not there' : readSegment(row);
    return typeof segment === 'string' || segment.header.from > seq ? null : segment;
  },
});
