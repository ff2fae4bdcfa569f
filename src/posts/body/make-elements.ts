import type { MakeElements } from "../../model/config.ts";
import type { Diagnostic } from "../../model/diagnostic.ts";
import { isBound, isQualifiedName } from "../../model/namespaces.ts";
import type { Post } from "../../model/post.ts";
import { defineProblem, diagnose } from "../../model/problem.ts";
import { ignoredValue } from "../fields/clean-field.ts";
import { legalize } from "./characters.ts";

const failedElements = defineProblem("post/elements-failed", {
  severity: "error",
  title: "Elements that could not be made",
  why: "Readers would miss what `feeds.elements` adds to every other post, and nobody would notice. The post cannot go into a feed.",
  fix: "Correct what the message names; it comes from `feeds.elements`.",
});

const at = { line: 1, column: 1 };

/** Never throws. @param file the post as people would type it @param declared the site's own prefixes */
export function makeElements(
  make: MakeElements,
  post: Post,
  file: string,
  declared: Readonly<Record<string, string>>,
): { readonly elements: Readonly<Record<string, unknown>>; readonly diagnostics: readonly Diagnostic[] } {
  try {
    const given: unknown = make(post);
    if (typeof given !== "object" || given === null || Array.isArray(given) || given instanceof Promise)
      throw new TypeError(`it gave ${kindOf(given)}, not a group of elements`);
    // The cache keeps JSON: what JSON cannot hold must not reach the feed either.
    const plain = JSON.parse(JSON.stringify(given)) as Record<string, unknown>;
    const strange = Object.keys(plain).filter((name) => !isQualifiedName(name) || !isBound(name, declared));
    const elements = Object.entries(plain).filter(([name]) => !strange.includes(name));
    return {
      elements: Object.fromEntries(elements),
      diagnostics: strange.map((name) => describeStrange(name, file)),
    };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const message = `The function feeds.elements failed at this post: ${legalize(reason).slice(0, 300)}`;
    const hint = 'Let it give a group such as { "my:rating": 4 }, or {} for a post without any.';
    return { elements: {}, diagnostics: [diagnose(failedElements, file, message, { at, hint })] };
  }
}

function describeStrange(name: string, file: string): Diagnostic {
  const shown = JSON.stringify(legalize(name).slice(0, 60));
  const prefix = name.slice(0, name.indexOf(":"));
  return isQualifiedName(name)
    ? diagnose(
        ignoredValue,
        file,
        `feeds.elements gives ${shown}, and the prefix ${prefix} is not declared.`,
        {
          at,
          hint: `Write feeds.namespaces: { ${prefix}: "https://example.org/ns" } with the vocabulary's URI.`,
        },
      )
    : diagnose(ignoredValue, file, `feeds.elements gives ${shown}, which is not a name with a prefix.`, {
        at,
        hint: 'Write a name such as "my:rating".',
      });
}

function kindOf(value: unknown): string {
  if (value === null || value === undefined) return String(value);
  if (value instanceof Promise) return "a promise";
  return Array.isArray(value) ? "a list" : typeof value;
}
