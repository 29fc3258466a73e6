/** The list of shortcuts, read from the table of commands: there is no other. */
import type { ReactElement } from 'react';
import { useState } from 'react';
import { showChord } from '../../../shared/chords.ts';
import type { CommandId, Where } from '../../../shared/commands.ts';
import { commands } from '../../../shared/commands.ts';
import { bestOf } from '../../ui/matches.ts';
import { chordsFor, platform, showKeys } from '../../ui/platform.ts';

/** A letter of the New menu counts only while that menu is open. */
const keysOf = (id: CommandId, where: Where): string => {
  const keys = chordsFor(id)
    .map((chord) => showChord(chord, platform))
    .join(' or ');
  return where === 'create' ? `${showKeys('new.any') ?? ''}, then ${keys}` : keys;
};

/** Every command, its keys and what it does; typed words narrow the list. */
export const ShortcutTable = (): ReactElement => {
  const [text, setText] = useState('');
  const found = bestOf(commands, text);
  return (
    <>
      <input
        className="input"
        type="search"
        aria-label="Find a shortcut"
        placeholder="Find a shortcut"
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      <div className="keys">
        <table className="mini">
          <thead>
            <tr>
              <th scope="col">Command</th>
              <th scope="col">Keys</th>
              <th scope="col">What it does</th>
            </tr>
          </thead>
          <tbody>
            {found.map(({ id, title, about, where }) => (
              <tr key={id}>
                <td>{title}</td>
                <td>{keysOf(id, where)}</td>
                <td className="muted">{about}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
};
