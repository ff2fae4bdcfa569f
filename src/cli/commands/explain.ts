import { explainCode, findNearestCode, listProblems } from "../../check/explain.ts";
import { Failure } from "../../model/failure.ts";
import { print, printJson } from "../print.ts";

/** Prints what a code means and how to fix it. @throws Failure `usage` for an unknown code */
export function runExplain(code: string | undefined, flags: { readonly json?: boolean }): number {
  if (code === undefined) {
    const all = listProblems().map(({ code: name, severity, title }) => ({ code: name, severity, title }));
    const width = Math.max(...all.map((one) => one.code.length));
    if (flags.json) printJson({ codes: all });
    else
      print(
        all.map((one) => `${one.code.padEnd(width)}  ${one.severity.padEnd(7)}  ${one.title}`).join("\n"),
      );
    return 0;
  }
  const page = explainCode(code);
  if (page === undefined) {
    const near = findNearestCode(code);
    throw new Failure("usage", `There is no code ${code}.`, {
      hint: near === undefined ? "feedwright explain lists all codes." : `Did you mean ${near}?`,
    });
  }
  if (flags.json) printJson({ code, page });
  else print(page.trimEnd());
  return 0;
}
