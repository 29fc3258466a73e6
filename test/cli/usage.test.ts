/** What the command line understands, and what it prints. No process needed. */
import { describe, expect, it } from 'vitest';
import { createOutput, formatTable } from '../../electron/host/cli/output.ts';
import { commands, helpText, readArguments } from '../../electron/host/cli/usage.ts';
import { AppError } from '../../shared/contract/define.ts';

describe('arguments', () => {
  it('options may stand before or behind the command', () => {
    expect(readArguments(['--db', 'a.db', 'import', 'x', '--recipe', 'r.json', '--dry-run'])).toMatchObject({
      command: 'import',
      args: ['x'],
      help: false,
      values: { db: 'a.db', recipe: 'r.json', 'dry-run': true },
    });
    expect(readArguments(['query', 'SELECT 1', '--db=a.db', '--json'])).toMatchObject({ values: { db: 'a.db', json: true } });
  });

  it('a fingerprint may be typed in its groups', () => {
    const { args } = readArguments(['hub', 'device', 'K7M', '4T0R', '9XYZ', 'H2KM', '7QDB', '--hub', 'x']);
    expect(args).toEqual(['device', 'K7M', '4T0R', '9XYZ', 'H2KM', '7QDB']);
  });

  it.each([
    [['impotr', 'x'], /no command impotr\. Did you mean import\?/],
    [['query', '--jsn', 'SELECT 1'], /no option --jsn\. Did you mean --json\?/],
    [['query', '--recipe', 'x'], /--recipe is no option of query/],
    [['import'], /import needs FILE/],
    [['methods', 'x'], /methods does not take “x”/],
    [['query', '--limit'], /limit/],
    [['query', '--limit', '-1', 'SELECT 1'], /^--limit needs a whole number, not “-1”\.$/],
    [['sample', '--seed', '-1'], /^--seed needs a whole number, not “-1”\.$/],
    [['import', 'x', '--propose', '--header-row', '-1'], /^--header-row needs a whole number, not “-1”\.$/],
    [['import', 'x', '--limit', '-1'], /^--limit is no option of import\. Try workbench import --help\.$/],
    [['export', 'orders', '--sort', '-net'], /^--sort needs a value; one that begins with a dash is written --sort=-net$/],
    [[], /No command/],
  ])('%j is refused in words', (argv, says) => {
    expect(() => readArguments(argv)).toThrow(expect.objectContaining({ code: 'usage' }));
    expect(() => readArguments(argv)).toThrow(says);
  });

  it('every command has help with a worked example', () => {
    expect(readArguments(['--help'])).toMatchObject({ command: null, help: true });
    expect(readArguments(['import', '-h'])).toMatchObject({ command: 'import', help: true });
    expect(readArguments(['help', 'query'])).toMatchObject({ command: 'query', help: true });
    for (const { name, about } of commands) {
      expect(helpText(null)).toContain(about);
      expect(helpText(name)).toMatch(new RegExp(`\\n {2}.*workbench .*${name}`));
    }
  });
});

describe('output', () => {
  it('a table has numbers to the right and one line per row', () => {
    expect(
      formatTable(
        ['name', 'n'],
        [
          ['a\nb', 5],
          ['longer', 12],
        ],
      ),
    ).toBe('name     n\n──────  ──\na b      5\nlonger  12');
    expect(formatTable(['x'], [['y'.repeat(80)]])).toContain(`${'y'.repeat(59)}…`);
  });

  const write = (isTTY: boolean) => {
    const text = { out: '', err: '' };
    const output = createOutput({
      out: { write: (part) => (text.out += part) },
      err: { write: (part) => (text.err += part), isTTY },
    });
    return { text, output };
  };

  it('progress is shown to a terminal only, and goes away', () => {
    const { text, output } = write(false);
    output.progress(1, 2, 'Importing');
    expect(text.err).toBe('');
    const shown = write(true);
    shown.output.progress(1, 2, 'Importing');
    shown.output.print('done');
    expect(shown.text).toEqual({ out: 'done\n', err: '\r\u001b[KImporting 50 %\r\u001b[K' });
  });

  it('an error is one line with its code', () => {
    const { text, output } = write(false);
    output.fail(new AppError('bad-recipe', 'files[0].table:\n there is no table “x”'));
    expect(text.err).toBe('workbench: bad-recipe: files[0].table: there is no table “x”\n');
  });
});
