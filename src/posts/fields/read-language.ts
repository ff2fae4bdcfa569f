import type { Mutable, Post } from "../../model/post.ts";
import { valueText } from "../front-matter/front-matter-value.ts";
import { reportIgnored } from "./clean-field.ts";
import type { FieldContext } from "./collect-fields.ts";

const canonical = new Map<string, string | undefined>();

/** Spells a language tag as BCP 47 does; undefined when it is not one. Results are cached: a site has few languages. */
function spellLanguage(written: string): string | undefined {
  if (canonical.has(written)) return canonical.get(written);
  let spelled: string | undefined;
  try {
    const tag = written.trim().replaceAll("_", "-");
    // Of longer words none is a language's tag, though all have the form of one: `english`, `python`.
    if (/^[a-z]{2,3}(?:-|$)/i.test(tag)) spelled = Intl.getCanonicalLocales(tag)[0];
  } catch {
    spelled = undefined;
  }
  if (canonical.size < 500) canonical.set(written, spelled);
  return spelled;
}

/** Reads the language: front matter's, the file name's suffix, the site's. */
export function readLanguage(context: FieldContext, post: Mutable<Post>): void {
  const { config, name, fields } = context;
  const { language } = fields;
  const text = language && valueText(language.value);
  const written = text === undefined ? undefined : spellLanguage(text);
  const named = name.language === undefined ? undefined : spellLanguage(name.language);
  post.language = written ?? named ?? config.site.language;
  if (!language || written !== undefined) return;
  // In a vault of notes `language` is the author's own word, such as that of a book.
  if (config.preset === "obsidian" || config.preset === "quartz") return;
  reportIgnored(
    context,
    language.path,
    language.value,
    `it is not a language tag (BCP 47), and the post is published as ${post.language}`,
    "Write id, en or pt-BR.",
  );
}
