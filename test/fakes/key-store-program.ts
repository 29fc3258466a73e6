/**
 * Stands in for the programs by which systems keep secrets, with their ways: `security` of macOS, `secret-tool` of Linux,
 * PowerShell for the data protection of Windows. What is kept, and every argument it was given, is in a file.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';

type State = { readonly kept: Record<string, string>; readonly args: string[] };
type Answer = { readonly code: number; readonly out?: string; readonly err?: string };

const [file = '', mode, program = '', ...args] = process.argv.slice(2);
const state: State = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as State) : { kept: {}, args: [] };
const input = readFileSync(0, 'utf8');

const keep = (id: string, text: string): Answer => {
  if (mode !== 'forgetful') state.kept[id] = text;
  return { code: 0 };
};

const security = (): Answer => {
  if (args[0] === '-i') {
    const [, id = '', text = ''] = /-a (\S+) -w (\S+)\n$/.exec(input) ?? [];
    return keep(id, text);
  }
  const kept = state.kept[args[args.indexOf('-a') + 1] ?? ''];
  return kept === undefined
    ? { code: 44, err: 'The specified item could not be found in the keychain.\n' }
    : { code: 0, out: kept };
};

const secretTool = (): Answer => {
  const id = args.at(-1) ?? '';
  if (args[0] === 'store') return keep(id, input);
  const kept = state.kept[id];
  return kept === undefined ? { code: 1 } : { code: 0, out: kept };
};

const powershell = (): Answer => {
  const [what, whose = '', base64 = ''] = input.split('\n');
  const bytes = Buffer.from(base64, 'base64').toString();
  const say = (text: string): Answer => ({ code: 0, out: Buffer.from(text).toString('base64') });
  if (what === 'Protect') return say(`${whose}:${bytes}`);
  if (!bytes.startsWith(`${whose}:`)) return { code: 1, err: 'The data is invalid.\n' };
  return say(mode === 'forgetful' ? 'x' : bytes.slice(whose.length + 1));
};

const answer = (): Answer => {
  if (mode === 'locked' && !args.includes('none')) return { code: 36, err: 'User interaction is not allowed.\n' };
  if (program.endsWith('security')) return security();
  return program.endsWith('secret-tool') ? secretTool() : powershell();
};

state.args.push(args.join(' '));
const { code, out = '', err = '' } = answer();
writeFileSync(file, JSON.stringify(state));
process.stdout.write(out);
process.stderr.write(err);
process.exitCode = code;
