/** A chord of the command table as Electron writes it; undefined for keys a menu cannot show. */
const names: Readonly<Record<string, string>> = {
  Ctrl: 'Control',
  Meta: 'Command',
  ArrowLeft: 'Left',
  ArrowRight: 'Right',
  ArrowUp: 'Up',
  ArrowDown: 'Down',
  '+': 'Plus',
};

/** @param chord `Ctrl+Alt+Shift+Meta+Key`, in that order */
export const toAccelerator = (chord: string): string | undefined => {
  const match = /^((?:(?:Ctrl|Alt|Shift|Meta)\+)*)(.+)$/.exec(chord);
  const [, modifiers = '', key = ''] = match ?? [];
  const named = names[key] ?? key;
  const isShown =
    /^(?:[A-Z0-9]|F\d{1,2}|[,./;'=[\]\\-]|Plus|Space|Tab|Enter|Delete|Backspace|Left|Right|Up|Down|PageUp|PageDown|Home|End)$/.test(
      named,
    );
  // A bare letter belongs to a menu that is open on the page, not to the menu bar.
  if (!isShown || (modifiers === '' && /^[A-Z0-9]$/.test(named))) return undefined;
  return [...modifiers.split('+').filter((part) => part !== ''), named].map((part) => names[part] ?? part).join('+');
};
