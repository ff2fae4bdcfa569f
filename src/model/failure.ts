import type { Diagnostic } from "./diagnostic.ts";

/** Stable codes of {@link Failure}; each is documented in docs/cli.md. */
export type FailureCode =
  | "config-missing"
  | "config-invalid"
  | "posts-missing"
  | "output-unwritable"
  | "locked"
  | "interrupted"
  | "usage"
  | "network"
  | "target";

/** The only error that is thrown: the environment makes work impossible. Problems in posts are `Diagnostic`s. */
export class Failure extends Error {
  override readonly name = "Failure";
  readonly code: FailureCode;
  /** What to do about it, one sentence. */
  readonly hint: string | undefined;
  /** For `config-invalid`: the problems found, as data. */
  readonly diagnostics: readonly Diagnostic[];

  constructor(
    code: FailureCode,
    message: string,
    options: { hint?: string; cause?: unknown; diagnostics?: readonly Diagnostic[] } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.hint = options.hint;
    this.diagnostics = options.diagnostics ?? [];
  }
}
