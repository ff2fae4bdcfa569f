import type { Config } from "../../model/config.ts";
import type { Markup, Mutable } from "../../model/post.ts";

export interface FileName {
  /** Path without extension, with `/`, in NFC. */
  readonly withoutExtension: string;
  /** Path for `:path`: without extension, language suffix and a final `index`. */
  readonly path: string;
  /** Base name for `:filename`: as `path`, without folders. */
  readonly base: string;
  /** `base` without its date. */
  readonly slug: string;
  /** The folders of `path`; empty at the top. */
  readonly folder: string;
  /** The file is the `index` of a folder. */
  readonly isIndex: boolean;
  /** `YYYY-MM-DD`; not checked against the calendar. */
  readonly date?: string;
  /** A two-letter language with its subtags, as written: `id`, `pt-BR`. */
  readonly language?: string;
  /** It is in a folder `_drafts`, as Jekyll has it. */
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
const datePrefix = /^(\d{4})-(\d{1,2})-(\d{1,2})(?:[-_ ]+(?=.)|$)/;

/** Reads a path; `known` are the languages that a name may end with, if the site says so. Total: any string gives an answer. */
export function readFileName(file: string, known?: readonly string[]): FileName {
  const normal = /[^\x00-\x7f]/.test(file) ? file.normalize("NFC") : file;
  const start = normal.lastIndexOf("/") + 1;
  const folder = start === 0 ? "" : normal.slice(0, start - 1);
  const dot = normal.lastIndexOf(".");
  const end = dot > start ? dot : normal.length;
  const extension = dot > start ? normal.slice(dot + 1).toLowerCase() : "";
  const withoutExtension = folder === "" ? normal.slice(start, end) : normal.slice(0, end);
  let base = normal.slice(start, end);
  let path = withoutExtension;
  const language = findLanguage(base, known);
  if (language !== undefined) {
    base = base.slice(0, -language.length - 1);
    path = path.slice(0, -language.length - 1);
  }
  const isIndex = base === "index" && folder !== "";
  if (isIndex) {
    path = folder;
    base = folder.slice(folder.lastIndexOf("/") + 1);
  }
  const date = datePrefix.exec(base);
  const rest = date ? base.slice(date[0].length) : base;
  // Optional parts are assigned below: spreading takes half the time of reading a name.
  const name: Mutable<FileName> = {
    withoutExtension,
    path,
    base,
    slug: rest === "" ? base : rest,
    folder: path.length > base.length ? path.slice(0, -base.length - 1) : "",
    isIndex,
    inDrafts: folder.includes("_drafts") && `/${folder}/`.includes("/_drafts/"),
    markup: extension === "html" || extension === "htm" ? "html" : extension === "mdx" ? "mdx" : "markdown",
  };
  if (date) name.date = `${date[1]}-${date[2]?.padStart(2, "0")}-${date[3]?.padStart(2, "0")}`;
  if (language !== undefined) name.language = language;
  return name;
}

const languagesOf = new WeakMap<Config, readonly string[] | undefined>();

/** The languages that names may end with, where the site says which it has. */
export function fileLanguages(config: Config): readonly string[] | undefined {
  if (!languagesOf.has(config)) {
    const { language, languages } = config.site;
    languagesOf.set(config, languages && [language, ...languages]);
  }
  return languagesOf.get(config);
}

/** The language at the end of a name, where there is something before it. */
function findLanguage(base: string, known: readonly string[] | undefined): string | undefined {
  const suffix = base.includes(".") ? languageSuffix.exec(base) : null;
  const isLanguage = suffix?.[2] !== undefined && languages.has(suffix[2]) && suffix.index > 0;
  if (!isLanguage) return undefined;
  const language = suffix[1]?.toLowerCase();
  return known === undefined || known.some((one) => one.toLowerCase() === language) ? suffix[1] : undefined;
}
