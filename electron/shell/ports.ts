/**
 * Hands every window its two ports: one to the host (here), one to the engine. Main answers the first and never
 * sees the second. A restarted engine means a new port to every window.
 */
import { ipcMain, MessageChannelMain, type WebContents } from 'electron';
import type { HostEvents } from '../../shared/rpc/host.ts';
import { emitterChannel, type Channel } from '../../shared/rpc/port.ts';
import type { Server } from '../../shared/rpc/server.ts';
import { pack } from '../../shared/rpc/wire.ts';
import type { DesktopEngine } from './engine.ts';
import { isOwnUrl } from './protocol.ts';

/** The two messages between preload and main; no other channel exists. */
const CONNECT = 'workbench:connect';
const PORT = 'workbench:port';

export type Ports = {
  readonly connect: (engine: DesktopEngine) => void;
  readonly tell: <K extends keyof HostEvents>(name: K, payload: HostEvents[K]) => void;
};

export const servePorts = (
  host: Server,
  engine: () => DesktopEngine | undefined,
  status: () => HostEvents['host.status'],
): Ports => {
  const pages = new Map<WebContents, Channel>();

  const sendEvent = (channel: Channel, name: string, payload: unknown): void => {
    for (const text of pack({ k: 'event', n: name, d: payload })) channel.send(text);
  };
  const giveEngine = (page: WebContents, running: DesktopEngine): void => {
    if (page.isDestroyed()) return;
    const { port1, port2 } = new MessageChannelMain();
    running.give(port1);
    page.postMessage(PORT, 'engine', [port2]);
  };
  const connectPage = (page: WebContents): void => {
    const { port1, port2 } = new MessageChannelMain();
    const channel = emitterChannel(port1);
    const name = `window ${page.id}`;
    pages.get(page)?.close();
    if (!pages.has(page)) page.once('destroyed', () => pages.delete(page));
    pages.set(page, channel);
    host.connect(channel, { connection: name, client: 'page', window: name }, 'host');
    page.postMessage(PORT, 'host', [port2]);
    sendEvent(channel, 'host.status', status());
    const running = engine();
    if (running) giveEngine(page, running);
  };

  ipcMain.on(CONNECT, ({ sender, senderFrame }) => {
    // Only the page itself, not a frame inside it and not a page of another origin.
    if (senderFrame && senderFrame === sender.mainFrame && isOwnUrl(senderFrame.url)) connectPage(sender);
  });
  return {
    connect: (running) => {
      for (const page of pages.keys()) giveEngine(page, running);
    },
    tell: (name, payload) => {
      for (const channel of pages.values()) sendEvent(channel, name, payload);
    },
  };
};
