/** Asks the roles before every command (DECISIONS.md 5). What it refuses never reaches a service. */
import { AppError, type CallContext } from '../../../../shared/contract/define.ts';
import { can, type Role } from '../../../../shared/domain/roles.ts';

type Handler<I, O> = (input: I, context: CallContext) => O;

/** Why commands are refused, where more is to be said than that the role does not allow it. Each throws an AppError. */
type Explained<H> = {
  readonly [K in keyof H]?: H[K] extends (input: infer I, context: CallContext) => unknown ? (input: I) => unknown : never;
};

/**
 * The same commands, each refused with `denied` to a role that may not run it.
 * @param role of who is calling, asked at every call
 * @param explain of commands by their names
 */
export const guardCommands = <H extends Readonly<Record<string, unknown>>>(
  handlers: H,
  role: (context: CallContext) => Role,
  explain: Explained<H> = {},
): H => {
  const guard =
    <I, O>(command: string, run: Handler<I, O>): Handler<I, O> =>
    (input, context) => {
      if (can({ role: role(context) }, command)) return run(input, context);
      const why = explain[command as keyof H] as ((asked: I) => O) | undefined;
      if (why === undefined) throw new AppError('denied', 'Your role does not allow this. Nothing was changed.', { command });
      return why(input);
    };
  const entries = Object.entries(handlers).map(([command, run]) => [
    command,
    typeof run === 'function' ? guard(command, run as Handler<unknown, unknown>) : run,
  ]);
  // The same names with the same shapes: only the asking is added.
  return Object.fromEntries(entries) as H;
};
