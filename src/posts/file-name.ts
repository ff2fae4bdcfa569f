// In comes the path of a post below the posts folder; out goes what its name says: date, slug, language, markup.
import type { Markup } from "../model/post.ts";

export interface FileName {
  /** Path without extension, with `/`, in NFC. */
  readonly withoutExtension: string;
  /** Path for `:path`: without extension, language suffix and a final `index`. */
  readonly path: string;
  /** Base name for `:filename`: as `path`, without folders. */
  readonly base: string;
  /** `base` without its date. */
  readonly slug: string;
  /** `YYYY-MM-DD`, as written; not checked against the calendar. */
  readonly date?: string;
  /** A two-letter language with its subtags, as written: `id`, `pt-BR`. */
  readonly language?: string;
  /** Stands in a folder `_drafts`, as Jekyll has it. */
  readonly inDrafts: boolean;
  readonly markup: Markup;
}

/** The two-letter languages of ISO 639-1. */
const languages: ReadonlySet<string> = new Set(
  (
    "aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz ee el " +
    "en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is it iu " +
    "ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na " +
    "nb nd ne ng nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so " +
    "sq sr ss st su sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu"
  ).split(" "),
);
const languageSuffix = /\.(([a-z]{2})(?:-[A-Za-z]{4})?(?:-(?:[A-Za-z]{2}|\d{3}))?)$/;
const datePrefix = /^(\d{4}-\d{2}-\d{2})(?:[-_ ]+(?=.)|$)/;

/** Reads a path. Total: any string gives an answer. */
export function readFileName(file: string): FileName {
  const normal = /[^\x00-\x7f]/.test(file) ? file.normalize("NFC") : file;
  const slash = normal.lastIndexOf("/");
  const folder = slash < 0 ? "" : normal.slice(0, slash);
  const name = normal.slice(slash + 1);
  const dot = name.lastIndexOf(".");
  const extension = dot > 0 ? name.slice(dot + 1).toLowerCase() : "";
  let base = dot > 0 ? name.slice(0, dot) : name;
  const withoutExtension = folder === "" ? base : `${folder}/${base}`;
  const suffix = base.includes(".") ? languageSuffix.exec(base) : null;
  const language =
    suffix?.[2] !== undefined && languages.has(suffix[2]) && suffix.index > 0 ? suffix[1] : undefined;
  if (suffix && language !== undefined) base = base.slice(0, suffix.index);
  let path = folder === "" ? base : `${folder}/${base}`;
  if (base === "index" && folder !== "") {
    path = folder;
    base = folder.slice(folder.lastIndexOf("/") + 1);
  }
  const date = datePrefix.exec(base);
  const rest = date ? base.slice(date[0].length) : base;
  return {
    withoutExtension,
    path,
    base,
    slug: rest === "" ? base : rest,
    ...(date?.[1] !== undefined && { date: date[1] }),
    ...(language !== undefined && { language }),
    inDrafts: folder.includes("_drafts") && `/${folder}/`.includes("/_drafts/"),
    markup: extension === "html" || extension === "htm" ? "html" : extension === "mdx" ? "mdx" : "markdown",
  };
}
