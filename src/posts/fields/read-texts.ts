import type { Mutable, Post } from "../../model/post.ts";
import { legalize } from "../body/characters.ts";
import { findFirstHeading } from "../body/first-heading.ts";
import { removedTemplates, withoutTemplates } from "../body/templates/left-out.ts";
import { isSequence, quoteValue, valueText } from "../front-matter/front-matter-value.ts";
import { cleanLine, reportIgnored } from "./clean-field.ts";
import type { FieldContext, WrittenField } from "./collect-fields.ts";

/** Reads the title, the description and the note of a correction: one line each. */
export function readTexts(context: FieldContext, post: Mutable<Post>): void {
  const { title, description, correction } = context.fields;
  if (title) post.title = readLine(context, "title", title) ?? "";
  if (post.title === "") readHeading(context, post);
  if (post.title === "") post.title = titleOfName(context);
  const plain = description && readLine(context, "description", description);
  if (plain !== undefined) post.description = plain;
  const note = correction && readLine(context, "correction", correction);
  if (note !== undefined) post.correction = note;
}

/** Where the site's generator shows the file's name for a post without a title. */
function titleOfName({ config, name }: FieldContext): string {
  if (config.titles === "none") return "";
  // A language or a date at the front is no part of it; the dot of `init.el` is.
  if (config.titles === "file-name") return name.slug;
  return name.slug
    .replace(/^\d+\.(?=.)/, "")
    .split(/[-_\s]+/)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join(" ");
}

/** Without a title, a heading of the first level is it where the body begins with one. */
function readHeading({ body, name }: FieldContext, post: Mutable<Post>): void {
  const start = name.markup === "html" ? undefined : body?.();
  const heading = start === undefined ? undefined : findFirstHeading(start.replaceAll("\r\n", "\n"));
  if (heading === undefined) return;
  post.title = legalize(heading.text).normalize("NFC");
  post.titleSource = "heading";
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
  const shown = withoutTemplates(line, context.config);
  if (shown !== line) {
    const message = `${found.path.join(".")} has a template, which feeds show as nothing: ${quoteValue(line)}`;
    const hint = "Write what readers should see; put templates that are the subject between backticks.";
    context.findings.push({ problem: removedTemplates, path: found.path, message, hint });
  }
  return shown === "" ? undefined : shown;
}
