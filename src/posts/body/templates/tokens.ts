/** A part of a body, as far as templates are concerned. */
export type TemplateToken =
  /** What stays as it is: text, and code of any kind. */
  | { readonly kind: "text" | "code"; readonly text: string }
  | TemplateTag
  | TemplateBlock
  | { readonly kind: "expression"; readonly text: string; readonly at: number }
  /** kramdown's attributes: nothing of them is shown, and an id is the heading's above. */
  | { readonly kind: "attributes"; readonly text: string }
  /** It was never to be seen. */
  | { readonly kind: "hidden" };

/** `{% name … %}`, `{{< name … >}}` or `{{ name(…) }}` */
export interface TemplateTag {
  readonly kind: "tag";
  readonly family: "tag" | "shortcode";
  readonly name: string;
  /** What follows the name. */
  readonly rest: string;
  readonly isEnd: boolean;
  /** Where it stands in the body. */
  readonly at: number;
}

/** A tag whose content is no template. */
export interface TemplateBlock {
  readonly kind: "block";
  readonly name: string;
  readonly rest: string;
  readonly content: string;
}
