/**
 * Frames over a byte stream: one JSON text a line, since JSON holds no raw line break. A line that grows beyond
 * the frame cap ends the connection before it is kept in memory.
 */
import type { Socket } from 'node:net';
import { AppError } from '../../shared/contract/define.ts';
import { sendError } from '../../shared/rpc/gate.ts';
import { createEnd, type Channel } from '../../shared/rpc/port.ts';
import { FRAME_CAP } from '../../shared/rpc/wire.ts';

const NEWLINE = 0x0a;

/** Cuts incoming bytes into lines. @returns false when a line is too long */
const createSplitter = (onLine: (line: string) => void): ((chunk: Buffer) => boolean) => {
  let pieces: Buffer[] = [];
  let size = 0;
  return (chunk) => {
    let from = 0;
    for (let at = chunk.indexOf(NEWLINE); at !== -1; at = chunk.indexOf(NEWLINE, from)) {
      const line = Buffer.concat([...pieces, chunk.subarray(from, at)]);
      pieces = [];
      size = 0;
      from = at + 1;
      if (line.length > FRAME_CAP) return false;
      onLine(line.toString('utf8'));
    }
    const rest = chunk.subarray(from);
    if (rest.length > 0) pieces.push(rest);
    size += rest.length;
    return size <= FRAME_CAP;
  };
};

export const lineChannel = (socket: Socket): Channel => {
  const end = createEnd(
    (text) => void socket.write(`${text}\n`),
    () => void socket.end(),
  );
  const split = createSplitter((line) => end.feed(line));
  socket.on('data', (chunk: Buffer) => {
    if (split(chunk)) return;
    sendError(end.channel, null, new AppError('too-large', 'This message is larger than 8 MiB.'));
    socket.removeAllListeners('data');
    end.channel.close();
  });
  // A broken connection ends like a closed one: 'close' follows.
  socket.on('error', () => {});
  socket.on('close', () => end.end());
  return end.channel;
};
