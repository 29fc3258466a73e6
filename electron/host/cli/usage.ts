/** What the command line understands: its commands and their worked examples, in one table. */
import { parseArgs } from 'node:util';
import { AppError } from '../../../shared/contract/define.ts';
import { nearestChoices } from '../../../shared/domain/parse/choice.ts';
import { optionTable, optionWords, type OptionName } from './options.ts';

type Usage = {
  readonly name: string;
  readonly args: string;
  readonly about: string;
  /** Options beside the common ones. */
  readonly options: readonly OptionName[];
  /** Positional arguments: fewest and most. */
  readonly takes: readonly [least: number, most: number];
  readonly examples: readonly string[];
};

const common: readonly OptionName[] = ['db', 'as', 'json', 'help'];

export const commands = [
  {
    name: 'import',
    args: 'FILE|DIR --recipe FILE|NAME, or --propose',
    about: 'Import a file, or the files of a folder, as one undo step; again, and nothing changes',
    options: [
      'recipe',
      'propose',
      'table',
      'sheet',
      'encoding',
      'header-row',
      'dates',
      'decimal',
      'percents',
      'to',
      'dry-run',
      'rows',
      'leave-errors',
      'rest',
    ],
    takes: [1, 1],
    examples: [
      'workbench import ./northwind --recipe northwind.recipe.json --dry-run',
      'workbench --db trade.db import ./northwind --recipe northwind.recipe.json',
      'workbench import open-orders.csv --propose --table orders --dry-run --rows errors',
      'workbench import old-orders.xlsx --propose --sheet "2019" --dates dmy --to old-orders.recipe.json',
      'workbench import kunden.csv --propose --encoding windows-1250 --dry-run',
      'workbench import open-orders.csv --recipe "Open orders, weekly" --leave-errors --rest to-fix.csv',
      'workbench import to-fix.csv --recipe "Open orders, weekly"',
    ],
  },
  {
    name: 'inspect',
    args: 'FILE',
    about: 'What a file holds: sheets, encoding, separator, header row, a type for each column, and why',
    options: ['sheet', 'encoding'],
    takes: [1, 1],
    examples: ['workbench inspect orders.csv', 'workbench inspect orders.xlsx --sheet "2026 Q1" --json'],
  },
  {
    name: 'recipes',
    args: '[NAME]',
    about: 'The recipes kept here; with a name, that one as JSON',
    options: [],
    takes: [0, 1],
    examples: ['workbench recipes', 'workbench recipes "Open orders, weekly" > open-orders.recipe.json'],
  },
  {
    name: 'export',
    args: 'VIEW --to FILE',
    about: 'Write a list or a public view to a CSV file, or to a workbook with real dates, amounts and totals',
    options: ['to', 'columns', 'fields', 'filter', 'sort', 'locale', 'title', 'copy'],
    takes: [1, 1],
    examples: [
      'workbench export orders --to orders.csv',
      'workbench export orders --to late.xlsx --fields all --filter "is:late" --sort=-net --locale de-DE',
      'workbench export accounts --to accounts.xlsx --fields code,name,owner_id,credit_limit --title "My accounts"',
      'workbench export v_order_lines --to lines.csv --columns order_number,sku,qty,net_exact',
    ],
  },
  {
    name: 'document',
    args: 'NUMBER --to FILE.pdf',
    about:
      'Make an order or a quote into a PDF, marked as a draft until it is confirmed or approved; refused while a cell of it has an error',
    options: ['to', 'locale', 'page', 'copy'],
    takes: [1, 1],
    examples: [
      'workbench document O26-K7M-0042 --to order.pdf',
      'workbench document Q26-K7M-0042/R2 --to angebot.pdf --locale de-DE --page a4',
    ],
  },
  {
    name: 'brief',
    args: 'ACCOUNT-CODE [--to FILE.pdf]',
    about: 'What to know of an account before a visit: what happened since the last one, what is late, open and ending',
    options: ['since', 'to', 'locale', 'page', 'copy'],
    takes: [1, 1],
    examples: ['workbench brief HARB', 'workbench brief HARB --since 2026-01-01 --to harbour.pdf'],
  },
  {
    name: 'query',
    args: '"SELECT …"',
    about:
      'One reading statement; the v_ views are made for it, and it can read every table of the file; - reads it from standard input',
    options: ['schema', 'limit'],
    takes: [0, 1],
    examples: [
      'workbench query --schema',
      'workbench query "SELECT carrier, count(*) AS orders, sum(late) AS late FROM v_orders GROUP BY carrier"',
      'workbench query --json "SELECT code, name FROM v_accounts ORDER BY code" > accounts.json',
    ],
  },
  {
    name: 'methods',
    args: '',
    about: 'Everything that can be called, with a word on each',
    options: [],
    takes: [0, 0],
    examples: ['workbench methods'],
  },
  {
    name: 'call',
    args: 'METHOD [JSON|-]',
    about: 'Call one method; its argument is JSON, - reads it from standard input; prints JSON',
    options: [],
    takes: [1, 2],
    examples: [
      'workbench call app.info',
      `workbench call records.lookup '{"table": "accounts", "text": "harb"}'`,
      'cat patches.json | workbench call records.apply -',
    ],
  },
  {
    name: 'check',
    args: '',
    about: 'Check the file; with --hash, two files with the same data print the same hashes',
    options: ['hash', 'full'],
    takes: [0, 0],
    examples: ['workbench check', 'workbench check --hash --full'],
  },
  {
    name: 'sample',
    args: '--size s|m|l [--seed N]',
    about: 'Fill an empty file with made-up data',
    options: ['size', 'seed'],
    takes: [0, 0],
    examples: ['workbench --db sample.db sample --size s --seed 1'],
  },
  {
    name: 'erase',
    args: 'CONTACT-ID --sure',
    about: 'Erase what a contact says of a person, everywhere in the file and for good',
    options: ['sure'],
    takes: [1, 1],
    examples: ['workbench --db mine.db erase 01900000-0000-7000-8000-0000000000c1 --sure'],
  },
  {
    name: 'join',
    args: '--hub DIR|URL [--team FILE] [--new] [--territory NAME[,NAME]]',
    about:
      'Make this file part of a team that meets at a hub; what is in it is shared with the team. Without --team a server is asked, and its administrator enrols the device',
    options: ['hub', 'password', 'team', 'new', 'territory'],
    takes: [0, 0],
    examples: [
      'workbench --db mine.db join --hub ~/Team/workbench --team team.key --new',
      'workbench --db yours.db join --hub ~/Team/workbench --team team.key',
      'workbench --db mine.db join --hub postgres://ann@db.example.com/team --password ann.password --territory north',
    ],
  },
  {
    name: 'move',
    args: 'CODE|ID --territory NAME --sure',
    about: 'Give an account, with all that hangs on it, to another territory that this file works in',
    options: ['territory', 'sure'],
    takes: [1, 1],
    examples: ['workbench --db mine.db move HARB01 --territory south --sure'],
  },
  {
    name: 'sync',
    args: '--hub DIR|URL [--once]',
    about:
      'Take what the team did, and give it what was done here. With --once the exit status is 1 where the device waits, a right is missing or not all was given',
    options: ['hub', 'password', 'once'],
    takes: [0, 0],
    examples: [
      'workbench --db mine.db sync --hub ~/Team/workbench --once',
      'workbench --db mine.db sync --hub postgres://ann@db.example.com/team --password ann.password',
    ],
  },
  {
    name: 'hub',
    args: 'init|member|device|revoke|compact [NAME [FINGERPRINT]]',
    about:
      'For the administrator of a team: make a database its hub, let people in (--to: a file for the new password), see and enrol devices, take one out, take away what is old and in snapshots',
    options: ['hub', 'password', 'team', 'new', 'territory', 'read-only', 'to'],
    // A fingerprint may stand in four groups.
    takes: [1, 6],
    examples: [
      'workbench hub init --hub postgres://boss@db.example.com/team --password boss.password --team team.key --new',
      'workbench hub member ann --hub postgres://boss@db.example.com/team --password boss.password --territory north --to ann.password',
      'workbench hub device --hub postgres://boss@db.example.com/team --password boss.password',
      'workbench hub device K7M 4T0R-9XYZ-H2KM-7QDB --hub postgres://boss@db.example.com/team --password boss.password --team team.key',
      'workbench hub revoke K7M --hub ~/Team/workbench --team team.key',
      'workbench hub compact --hub ~/Team/workbench --team team.key',
    ],
  },
  {
    name: 'conflicts',
    args: '[keep PLACE | take PLACE [NUMBER] | write PLACE TEXT] [--limit N]',
    about:
      'What was written without knowing of each other: what stands, and what was kept beside it, each with a name; or decide one by that name: keep what stands, take what is beside it, write something else',
    options: ['limit'],
    takes: [0, 3],
    examples: [
      'workbench conflicts',
      'workbench conflicts keep accounts/01900000-0000-7000-8000-0000000000c1/name',
      'workbench conflicts take accounts/01900000-0000-7000-8000-0000000000c1/name 2',
    ],
  },
  {
    name: 'verify',
    args: '[--hub PLACE] [--against FILE]',
    about:
      'A count and a hash for each table; two files of a team that have met print the same. With --hub, all that the hub has is read and compared with this file, row by row',
    options: ['hub', 'password', 'against'],
    takes: [0, 0],
    examples: [
      'workbench --db mine.db verify --hub ~/Team/workbench',
      'workbench --db mine.db verify --json > mine.json',
      'workbench --db yours.db verify --against mine.json',
    ],
  },
  {
    name: 'undo',
    args: '',
    about: 'Take back the last step, an import for one',
    options: [],
    takes: [0, 0],
    examples: ['workbench undo'],
  },
] as const satisfies readonly Usage[];

export type CommandName = (typeof commands)[number]['name'];

export type Asked = {
  /** Null: only help was asked for. */
  readonly command: CommandName | null;
  readonly args: readonly string[];
  readonly help: boolean;
  readonly values: { readonly [K in OptionName]?: (typeof optionTable)[K]['type'] extends 'boolean' ? boolean : string };
};

const usage = (message: string): AppError => new AppError('usage', message);

const foreign = (option: string, { name }: Usage): AppError =>
  usage(`--${option} is no option of ${name}. Try workbench ${name} --help.`);

const nearest = (text: string, words: readonly string[]): string => {
  const [word] = nearestChoices(
    text,
    words.map((key) => ({ key, label: key })),
    1,
  );
  return word === undefined ? '' : ` Did you mean ${word}?`;
};

/** Options that take a whole number. */
const COUNTS: readonly string[] = ['limit', 'seed', 'header-row'];

/** A value that begins with a dash is none for Node; what was meant is said here. */
const dashFault = (name: string, argv: readonly string[]): AppError => {
  const value = argv[argv.indexOf(`--${name}`) + 1] ?? '';
  const command: Usage | undefined = commands.find((one) => argv.includes(one.name));
  if (command !== undefined && ![...common, ...command.options].some((option) => option === name)) return foreign(name, command);
  if (COUNTS.includes(name)) return usage(`--${name} needs a whole number, not “${value}”.`);
  return usage(`--${name} needs a value; one that begins with a dash is written --${name}=${value}`);
};

/** What was wrong with the options, without Node's advice on how to escape them. */
const optionFault = (error: unknown, argv: readonly string[]): AppError => {
  const message = error instanceof Error ? error.message : String(error);
  const dashed = /Option '(?:-\w, )?--([a-z-]+)[^']*' argument is ambiguous/.exec(message)?.[1];
  if (dashed !== undefined) return dashFault(dashed, argv);
  const unknown = /Unknown option '(-[^']*)'/.exec(message)?.[1];
  if (unknown === undefined) return usage(message.split('. ')[0] ?? message);
  return usage(
    `There is no option ${unknown}.${nearest(
      unknown,
      Object.keys(optionTable).map((name) => `--${name}`),
    )}`,
  );
};

const parse = (argv: readonly string[]) => {
  try {
    return parseArgs({ args: [...argv], options: optionTable, allowPositionals: true, strict: true });
  } catch (error) {
    throw optionFault(error, argv);
  }
};

const findCommand = (word: string): Usage & { readonly name: CommandName } => {
  const found = commands.find(({ name }) => name === word);
  if (found) return found;
  const names = commands.map(({ name }) => name);
  throw usage(`There is no command ${word}.${nearest(word, names)} Try workbench --help.`);
};

/** Reads the words behind `workbench`. @throws AppError `usage` */
export const readArguments = (argv: readonly string[]): Asked => {
  const { values, positionals } = parse(argv);
  const [first, ...rest] = positionals;
  if (first === undefined || first === 'help') {
    const topic = rest[0] === undefined ? null : findCommand(rest[0]).name;
    if (first === undefined && !values.help) throw usage('No command was given. Try workbench --help.');
    return { command: topic, args: [], help: true, values };
  }
  const command = findCommand(first);
  if (values.help) return { command: command.name, args: [], help: true, values };
  const stray = Object.keys(values).find((name) => ![...common, ...command.options].includes(name as OptionName));
  if (stray !== undefined) throw foreign(stray, command);
  const [least, most] = command.takes;
  if (rest.length < least) throw usage(`${command.name} needs ${command.args}. Try workbench ${command.name} --help.`);
  if (rest.length > most) throw usage(`${command.name} does not take “${rest[most]}”. Try workbench ${command.name} --help.`);
  return { command: command.name, args: rest, help: false, values };
};

const helpOn = (name: CommandName): string => {
  const command: Usage = findCommand(name);
  const options = [...command.options, ...common].map((option) => `  ${optionWords[option]}`);
  return [
    `workbench ${[command.name, command.args].filter(Boolean).join(' ')}`,
    '',
    command.about + '.',
    '',
    ...options,
    '',
    ...command.examples.map((example) => `  ${example}`),
  ].join('\n');
};

/** The help of a command, or of all of them. */
export const helpText = (name: CommandName | null): string => {
  if (name !== null) return helpOn(name);
  const width = Math.max(...commands.map((command) => command.name.length));
  return [
    'workbench [--db FILE] [--as "NAME <MAIL>"] COMMAND …',
    '',
    ...commands.map((command) => `  ${command.name.padEnd(width)}  ${command.about}.`),
    '',
    ...common.map((option) => `  ${optionWords[option]}`),
    '',
    'From the project folder: npm run -s workbench -- COMMAND …',
    '',
    ...commands.map(({ examples }) => `  ${examples[0]}`),
    '',
    'workbench COMMAND --help says more. Errors are one line on standard error, and exit status 1.',
  ].join('\n');
};
