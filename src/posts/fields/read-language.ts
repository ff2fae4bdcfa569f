import type { Mutable, Post } from "../../model/post.ts";
import { valueText } from "../front-matter/front-matter-value.ts";
import { reportWrong } from "./clean-field.ts";
import type { FieldContext } from "./collect-fields.ts";

const canonical = new Map<string, string | undefined>();

/** Spells a language tag as BCP 47 does; undefined when it is not one. Results are cached: a site has few languages. */
function spellLanguage(written: string): string | undefined {
  if (canonical.has(written)) return canonical.get(written);
  let spelled: string | undefined;
  try {
    spelled = Intl.getCanonicalLocales(written.trim().replaceAll("_", "-"))[0];
  } catch {
    spelled = undefined;
  }
  if (canonical.size < 500) canonical.set(written, spelled);
  return spelled;
}

/** Reads the language: front matter's, the file name's suffix, the site's. */
export function readLanguage(context: FieldContext, post: Mutable<Post>): void {
  const { config, name, fields } = context;
  const site = config.site.language;
  const { language } = fields;
  const written = language ? (valueText(language.value) ?? "") : name.language;
  const spelled = written === undefined ? undefined : spellLanguage(written);
  post.language = spelled ?? site;
  if (language && spelled === undefined)
    reportWrong(
      context,
      language.path,
      language.value,
      "a language tag (BCP 47) is expected",
      "Write id, en or pt-BR.",
    );
}
