import { escapeHtmlAttribute } from "./characters.ts";

const attribute =
  /([A-Za-z_][\w:.-]*)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|\{\s*(?:"([^"{}]*)"|'([^'{}]*)'|`([^`${}]*)`|(\d+(?:\.\d+)?)|require\(\s*["']([^"']*)["']\s*\)(?:\.default)?)\s*\}|[^\s"'{}>]+))?/y;

/** Attributes of JSX whose values are known without running anything: text and numbers. */
export function readJsxAttributes(text: string): Map<string, string> {
  const found = new Map<string, string>();
  let at = 0;
  while (at < text.length) {
    attribute.lastIndex = at;
    const match = attribute.exec(text);
    if (match === null) {
      at = text[at] === "{" ? endOfGroup(text, at) : at + 1;
      continue;
    }
    const [, name = "", ...values] = match;
    at = attribute.lastIndex;
    // A value in braces that was not read: the name has none.
    if (/^\s*=\s*\{/.test(text.slice(at, at + 20))) at = endOfGroup(text, text.indexOf("{", at));
    else
      found.set(
        name === "className" ? "class" : name.toLowerCase(),
        values.find((value) => value !== undefined) ?? "",
      );
  }
  return found;
}

/** A tag of HTML with what is known of a JSX tag. */
export function writeMdxTag(name: string, attributes: ReadonlyMap<string, string>): string {
  const shown = [...attributes].map(
    ([key, value]) => ` ${key}="${escapeHtmlAttribute(value).replaceAll("\n", " ")}"`,
  );
  return `<${name}${shown.join("")}>`;
}

function endOfGroup(text: string, start: number): number {
  let depth = 0;
  for (let index = start; index < text.length; index += 1) {
    if (text[index] === "{") depth += 1;
    if (text[index] === "}") depth -= 1;
    if (depth === 0) return index + 1;
  }
  return text.length;
}
