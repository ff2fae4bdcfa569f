import type { Mutable, Post } from "../../model/post.ts";
import { isSequence, valueText } from "../front-matter/front-matter-value.ts";
import { cleanLine, reportIgnored } from "./clean-field.ts";
import type { FieldContext, WrittenField } from "./collect-fields.ts";

/** Reads the title, the description and the note of a correction: one line each. */
export function readTexts(context: FieldContext, post: Mutable<Post>): void {
  const { title, description, correction } = context.fields;
  if (title) post.title = readLine(context, "title", title) ?? "";
  const plain = description && readLine(context, "description", description);
  if (plain !== undefined) post.description = plain;
  const note = correction && readLine(context, "correction", correction);
  if (note !== undefined) post.correction = note;
}

function readLine(context: FieldContext, field: string, found: WrittenField): string | undefined {
  const text = valueText(found.value);
  if (text === undefined) {
    const hint = isSequence(found.value)
      ? `A value that starts with [ is a list: write ${field}: "[…] …" with quotes.`
      : `Write ${field}: "…" on one line; a colon in it needs the quotes.`;
    reportIgnored(context, found.path, found.value, "it is not text", hint);
    return undefined;
  }
  const line = cleanLine(context, found.path, text);
  return line === "" ? undefined : line;
}
