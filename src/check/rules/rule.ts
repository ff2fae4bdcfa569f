import { defineProblem, type Problem } from "../../model/problem.ts";
import type { ElementNode } from "../parse/xml-tree.ts";
import type { DocumentCheck } from "./document-check.ts";

/** Looks at one node, by default an element. `this` is the problem to report. */
type RuleCheck<Node> = (this: Problem, node: Node, document: DocumentCheck) => void;

/** A problem, together with the check that finds it. */
export interface Rule<Node = ElementNode> extends Problem {
  readonly check: (node: Node, document: DocumentCheck) => void;
}

/**
 * Defines a problem and the check that finds it. A rule is in the list of the kind of element that it looks at, such as
 * `itemRules`; nothing else has to know it.
 */
export function defineRule<Node = ElementNode>(
  code: string,
  { check, ...words }: Omit<Problem, "code"> & { readonly check: RuleCheck<Node> },
): Rule<Node> {
  return ruleFor(defineProblem(code, words), check);
}

/** A further check for a problem that several formats share. */
export function ruleFor<Node = ElementNode>(problem: Problem, check: RuleCheck<Node>): Rule<Node> {
  return { ...problem, check: check.bind(problem) };
}
