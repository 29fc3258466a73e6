/** Boot: look, connection, what was kept on this device, then the first paint. */
import { createRoot } from 'react-dom/client';
import { z } from 'zod';
import { isCommandId } from '../shared/commands.ts';
import { App } from './App.tsx';
import { followNotices } from './app/followNotices.ts';
import { runFromMenu } from './app/keys.ts';
import { restoreState } from './app/restore.ts';
import { followChanges } from './client/cache.ts';
import { onEvent } from './client/client.ts';
import { connect } from './client/connect.ts';
import { followSync } from './features/sync/team.ts';
import { say } from './state/toasts.ts';
import { followUi } from './state/ui.ts';
import { messageOf } from './ui/ErrorBar.tsx';
import { nonce } from './ui/nonce.ts';
import { installTokens } from './ui/tokens.ts';
import './ui/base.css';
import './ui/controls.css';
import './ui/overlay.css';
import './app/frame.css';
import './app/rail.css';
import './app/tabs.css';
import './app/bars.css';
import './app/peek.css';
import './app/status.css';
import './app/palette.css';
import './features/features.css';

// Schemas are interpreted: the page may not make code from text, and must not try.
z.config({ jitless: true });

installTokens();
followUi();
followChanges();
followSync();
followNotices();
restoreState();
connect();

onEvent('notice', ({ text }) => say(text));
onEvent('host.command', ({ id }) => {
  if (isCommandId(id)) runFromMenu(id);
});
// A failure that no screen caught is still said, in plain words.
window.addEventListener('unhandledrejection', ({ reason }) => say(messageOf(reason), { tone: 'danger' }));

const root = document.querySelector('#root');
if (root !== null) createRoot(root).render(<App nonce={nonce()} />);
