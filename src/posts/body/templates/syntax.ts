import type { TemplateLanguage } from "../../../model/config.ts";

/** Which of the signs that templates begin with a language knows. */
export interface TemplateSyntax {
  /** `{% … %}` */
  readonly hasTags: boolean;
  /** `{{< … >}}` and `{{% … %}}` */
  readonly hasShortcodes: boolean;
  /** `{{ … }}`; in Tera only where something is called. */
  readonly expressions: "all" | "calls" | "none";
  /** `{# … #}` */
  readonly hasComments: boolean;
  /** Nothing says that it is this language: what could be prose as well has to be short. */
  readonly isGuessed?: true;
}

const liquid = { hasTags: true, hasShortcodes: false, expressions: "all", hasComments: true } as const;
const none = { hasTags: false, hasShortcodes: false, expressions: "none", hasComments: false } as const;

export const templateSyntaxes: Readonly<Record<TemplateLanguage, TemplateSyntax>> = {
  liquid,
  nunjucks: liquid,
  hexo: liquid,
  hugo: { hasTags: true, hasShortcodes: true, expressions: "none", hasComments: false },
  tera: { hasTags: true, hasShortcodes: false, expressions: "calls", hasComments: true },
  vue: { ...none, expressions: "all" },
  mdx: none,
  keep: none,
};

/** Without a setting: what is never prose in any of them, and what seldom is. */
export const guessedSyntax: TemplateSyntax = {
  hasTags: true,
  hasShortcodes: true,
  expressions: "all",
  hasComments: true,
  isGuessed: true,
};

/** Whether a body may hold anything that `resolveTemplates` changes. */
export function mayHaveTemplates(text: string): boolean {
  return /\{[{%#:]|%%/.test(text);
}
