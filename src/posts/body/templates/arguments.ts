/** What a tag was given: values in order, and values with names. Text without its quotes. */
export interface TagArguments {
  readonly values: readonly string[];
  readonly named: ReadonlyMap<string, string>;
}

const argument =
  /(?:([\w-]{1,64})\s{0,9}[=:]\s{0,9})?(?:"((?:\\.|[^"\\]){0,2000})"|'((?:\\.|[^'\\]){0,2000})'|`([^`]{0,2000})`|([^\s,"'`()]{1,2000}))/g;

/** Reads arguments as Liquid, Nunjucks, Hugo and Tera write them. */
export function readArguments(text: string): TagArguments {
  const values: string[] = [];
  const named = new Map<string, string>();
  for (const [, name, double, single, raw, word] of text.slice(0, 4000).matchAll(argument)) {
    const value = (double ?? single)?.replace(/\\(.)/g, "$1") ?? raw ?? word ?? "";
    if (name === undefined || word?.startsWith("//"))
      values.push(word?.startsWith("//") ? `${name ?? ""}${name ? ":" : ""}${value}` : value);
    else named.set(name, value);
  }
  return { values, named };
}
