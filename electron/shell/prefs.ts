/** What the shell remembers on this computer: where its window was. Everything else is the engine's. */
import Store from 'electron-store';
import type { Bounds } from './bounds.ts';

type Prefs = { window?: { bounds: Bounds; isMaximized: boolean } };

export type WindowPrefs = {
  readonly read: () => Prefs['window'];
  readonly write: (bounds: Bounds, isMaximized: boolean) => void;
};

const integer = { type: 'integer' } as const;

export const openPrefs = (): WindowPrefs => {
  const store = new Store<Prefs>({
    name: 'window',
    // A file that cannot be read is a window in its usual place, not a start that fails.
    clearInvalidConfig: true,
    schema: {
      window: {
        type: 'object',
        properties: {
          bounds: {
            type: 'object',
            properties: { x: integer, y: integer, width: integer, height: integer },
            required: ['x', 'y', 'width', 'height'],
          },
          isMaximized: { type: 'boolean' },
        },
        required: ['bounds', 'isMaximized'],
      },
    },
  });
  return {
    read: () => store.get('window'),
    write: (bounds, isMaximized) => store.set('window', { bounds: { ...bounds }, isMaximized }),
  };
};
