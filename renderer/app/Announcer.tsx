/** The one live region of the page, whatever face the window has: it stands from the first paint on, or it would not be heard. */
import type { ReactElement } from 'react';
import { useAnnounced } from '../state/announce.ts';

export const Announcer = (): ReactElement => (
  <output className="vh" aria-live="polite" aria-atomic="true" data-testid="announced">
    {useAnnounced((state) => state.text)}
  </output>
);
