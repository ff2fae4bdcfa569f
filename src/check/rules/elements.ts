import { defineProblem } from "../../model/problem.ts";
import { specs } from "./specs.ts";

export const elementUnknown = defineProblem("element/unknown", {
  severity: "error",
  title: "An element that the specification does not have here",
  why: "Readers skip it, so what it says is lost; most often its name is misspelt or it is in the wrong place.",
  fix: "Correct the name, move it, or put it into a namespace of its own.",
  spec: specs.rss,
});

export const elementMissing = defineProblem("element/missing", {
  severity: "error",
  title: "A required element is missing",
  why: "The specification requires it, and readers rely on it.",
  fix: "Add the element.",
  spec: specs.atom,
});

export const elementText = defineProblem("element/text", {
  severity: "error",
  title: "Text between elements",
  why: "Only elements belong here, so readers skip the text.",
  fix: "Remove the text, or put it into the element it was meant for.",
  spec: specs.rss,
});

export const elementBlank = defineProblem("element/blank", {
  severity: "warning",
  title: "An empty element",
  why: "An empty value tells readers nothing and shows as a gap.",
  fix: "Give it a value or leave it out.",
  spec: specs.rss,
});

export const attributeMissing = defineProblem("attribute/missing", {
  severity: "error",
  title: "A required attribute is missing",
  why: "Without it the element has no meaning to readers.",
  fix: "Add the attribute.",
  spec: specs.rss,
});

export const attributeUnknown = defineProblem("attribute/unknown", {
  severity: "error",
  title: "An attribute that the specification does not have",
  why: "Readers skip it; most often its name is misspelt or in the wrong case.",
  fix: "Correct the name or remove the attribute.",
  spec: specs.rss,
});

export const attributeBlank = defineProblem("attribute/blank", {
  severity: "warning",
  title: "An empty attribute",
  why: "An empty value tells readers nothing.",
  fix: "Give it a value or leave it out.",
  spec: specs.atom,
});

export const namespaceMissing = defineProblem("xml/missing-namespace", {
  severity: "error",
  title: "An element without its namespace",
  why: "Without the namespace this is just a word, not the element that is meant.",
  fix: "Declare the namespace on the element or on an ancestor.",
  spec: specs.names,
});
