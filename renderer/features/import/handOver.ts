/** A table pasted elsewhere that is more than a paste: the Import screen takes it from there. */
import { runCommand } from '../../state/commands.ts';
import { openText } from './open.ts';

export const importText = (text: string): void => {
  void openText(text);
  runCommand('go.import');
};
