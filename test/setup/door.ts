/** How one device is cut off from a server that the others go on meeting at. */
import net from 'node:net';

/** A door to a server of this computer: shut, nobody comes in, and who is inside is put out. */
export const openDoor = async (port: number) => {
  const sockets = new Set<net.Socket>();
  let isShut = false;
  const door = net.createServer((inner) => {
    if (isShut) return void inner.destroy();
    const outer = net.connect(port, '127.0.0.1');
    for (const [one, other] of [[inner, outer] as const, [outer, inner] as const]) {
      sockets.add(one);
      one.pipe(other);
      one.on('error', () => other.destroy());
      one.on('close', () => (sockets.delete(one), other.destroy()));
    }
  });
  await new Promise<void>((done) => door.listen(0, '127.0.0.1', done));
  const address = door.address();
  if (address === null || typeof address === 'string') throw new Error('No port');
  return {
    port: address.port,
    shut: (shut: boolean): void => {
      isShut = shut;
      if (shut) for (const one of sockets) one.destroy();
    },
    end: (): void => {
      for (const one of sockets) one.destroy();
      door.close();
    },
  };
};
