import { defineProblem, type Problem } from "../../model/problem.ts";
import type { ElementNode } from "../parse/xml-tree.ts";
import type { DocumentCheck } from "./document-check.ts";

/** Looks at an element of one kind. `this` is the problem to report. */
type RuleCheck = (this: Problem, element: ElementNode, document: DocumentCheck) => void;

/** A problem, together with the check that finds it. */
export interface Rule extends Problem {
  readonly check: (element: ElementNode, document: DocumentCheck) => void;
}

/**
 * Defines a problem and the check that finds it. A rule stands in the list of the kind of element that it looks at,
 * such as `itemRules`; nothing else has to know it.
 */
export function defineRule(
  code: string,
  { check, ...words }: Omit<Problem, "code"> & { readonly check: RuleCheck },
): Rule {
  return ruleFor(defineProblem(code, words), check);
}

/** A further check for a problem that several formats share. */
export function ruleFor(problem: Problem, check: RuleCheck): Rule {
  return { ...problem, check: check.bind(problem) };
}
