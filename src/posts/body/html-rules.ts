/** How an attribute's value is checked. */
export type AttributeKind =
  | "text"
  | "link"
  | "media"
  | "srcset"
  | "flag"
  | "direction"
  | "alignment"
  | "name";

export interface HtmlRules {
  /** Elements that stay, each with its own attributes. */
  readonly elements: ReadonlyMap<string, ReadonlySet<string>>;
}

const words = (text: string): string[] => text.split(" ").filter((word) => word !== "");

/** Attributes that any kept element may carry. */
export const globalAttributes: ReadonlySet<string> = new Set(words("id title dir lang"));

const plain = words(
  "p br hr h1 h2 h3 h4 h5 h6 ul dl dt dd pre samp kbd var em strong i b u s small sub sup mark cite dfn " +
    "abbr figure figcaption picture summary ruby rt rp rb rtc bdi bdo wbr div span address article aside " +
    "header footer main nav section hgroup thead tbody tfoot tr caption",
);

/** MathML Core, without what it says about looks, links and scripts. */
const math = words(
  "math merror mfrac mi mmultiscripts mn mo mover mpadded mphantom mprescripts mroot mrow ms mspace msqrt mstyle msub " +
    "msubsup msup mtable mtd mtext mtr munder munderover semantics",
);
const mathAttributes =
  "display displaystyle scriptlevel mathvariant stretchy fence separator form lspace rspace linethickness accent " +
  "accentunder columnspan rowspan";

const withAttributes: Record<string, string> = {
  a: "href hreflang type role",
  audio: "src controls loop muted preload",
  blockquote: "cite",
  code: "class",
  col: "span",
  colgroup: "span",
  data: "value",
  del: "cite datetime",
  details: "open",
  img: "src srcset sizes alt width height",
  ins: "cite datetime",
  li: "value",
  ol: "start reversed type",
  q: "cite",
  section: "role",
  source: "src srcset sizes media type width height",
  sup: "role",
  table: "",
  td: "colspan rowspan align",
  th: "colspan rowspan scope abbr align",
  time: "datetime",
  track: "src kind srclang label default",
  video: "src poster controls loop muted preload width height",
};

const kinds: Record<string, AttributeKind> = {
  href: "link",
  cite: "link",
  longdesc: "link",
  background: "media",
  data: "media",
  poster: "media",
  src: "media",
  srcset: "srcset",
  controls: "flag",
  default: "flag",
  loop: "flag",
  muted: "flag",
  open: "flag",
  reversed: "flag",
  dir: "direction",
  align: "alignment",
  class: "name",
  role: "name",
};

/** Says how the value of an attribute is to be read. */
export function attributeKind(attribute: string): AttributeKind {
  return kinds[attribute] ?? "text";
}

export const voidElements: ReadonlySet<string> = new Set(
  words("area base basefont br col embed frame hr img input link meta param source track wbr"),
);

/** Obsolete elements, and the elements that replace them. */
export const renamedElements: ReadonlyMap<string, string> = new Map([
  ["acronym", "abbr"],
  ["amp-anim", "img"],
  ["amp-audio", "audio"],
  ["amp-img", "img"],
  ["amp-video", "video"],
  ["center", "div"],
  ["dir", "ul"],
  ["image", "img"],
  ["listing", "pre"],
  ["menu", "ul"],
  ["strike", "s"],
  ["tt", "code"],
]);

/** Elements whose end the tokenizer looks for as text: nothing inside them is markup. */
export const rawTextElements: ReadonlySet<string> = new Set(
  words("script style title textarea xmp plaintext noembed noframes iframe"),
);

/** Elements left out together with their content. */
export const droppedElements: ReadonlySet<string> = new Set([
  ...rawTextElements,
  ...words("template svg select button datalist annotation annotation-xml"),
]);

/** Elements whose loss an author should hear about. */
export const reportedElements: ReadonlySet<string> = new Set(
  words(
    "script style template svg select button textarea form input object embed applet frame frameset base xmp plaintext",
  ),
);

/**
 * Classes of what stands beside MathML for the eyes alone, made by KaTeX and MathJax: without its style sheet a fraction
 * reads 12, and a power 10-6.
 */
export const drawnMath = /(?:^|\s)(?:katex-html|MathJax_Preview|MathJax_SVG|MJXc-display|mjx-chtml)(?:\s|$)/;

/** The most HTML that one body may become, in characters. */
export const largestBody = 8_000_000;

/** Elements that `markdown.allow` cannot let through: they run, restyle, hide or swallow what follows. */
const neverAllowed: ReadonlySet<string> = new Set([
  ...droppedElements,
  ...words("object embed applet frame frameset base link meta math noscript html head body form input"),
]);
/** Attributes that `markdown.allow` cannot let through, beside `on…`. */
const neverAllowedAttributes: ReadonlySet<string> = new Set(
  words(
    "style srcdoc action formaction ping manifest codebase archive usemap is slot nonce integrity http-equiv",
  ),
);

/** Which open elements an opening tag closes when they are innermost (HTML, 13.1.2.4 Optional tags). */
const paragraph: ReadonlySet<string> = new Set(["p"]);
export const closesInnermost: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ...words("h1 h2 h3 h4 h5 h6").map((name) => [name, new Set(words("p h1 h2 h3 h4 h5 h6"))] as const),
  ...words(
    "p address article aside blockquote details div dl figcaption figure footer header hgroup hr main nav ol pre section table ul",
  ).map((name) => [name, paragraph] as const),
  ...words("rt rp rb rtc").map((name) => [name, new Set(words("rt rp rb"))] as const),
]);

/** Which open elements an opening tag closes at any depth, and where the search for them ends. */
export const closesUpTo: ReadonlyMap<string, { closes: ReadonlySet<string>; until: ReadonlySet<string> }> =
  new Map([
    ["li", { closes: new Set(["li"]), until: new Set(words("ul ol table td th")) }],
    ["dt", { closes: new Set(words("dt dd")), until: new Set(words("dl table td th")) }],
    ["dd", { closes: new Set(words("dt dd")), until: new Set(words("dl table td th")) }],
    ["td", { closes: new Set(words("td th caption")), until: new Set(words("table tr")) }],
    ["th", { closes: new Set(words("td th caption")), until: new Set(words("table tr")) }],
    ["tr", { closes: new Set(words("tr td th caption colgroup")), until: new Set(["table"]) }],
    ...words("thead tbody tfoot colgroup caption").map(
      (name) =>
        [
          name,
          {
            closes: new Set(words("thead tbody tfoot tr td th caption colgroup")),
            until: new Set(["table"]),
          },
        ] as const,
    ),
  ]);

/** Elements that mean nothing unless one of these is open around them. */
export const neededAround: ReadonlyMap<string, readonly string[]> = new Map<string, readonly string[]>([
  ...words("thead tbody tfoot tr td th caption colgroup col").map((name): [string, string[]] => [
    name,
    ["table"],
  ]),
  ["source", ["audio", "video", "picture"]],
  ["track", ["audio", "video"]],
]);

/** An end tag does not reach past these, unless it belongs to a table itself. */
export const scopeBarriers: ReadonlySet<string> = new Set(words("table td th caption"));
export const tableParts: ReadonlySet<string> = new Set(
  words("table thead tbody tfoot tr td th caption colgroup"),
);

const own: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ...math.map((name) => [name, new Set(words(mathAttributes))] as const),
  ...plain.map((name) => [name, new Set<string>()] as const),
  ...Object.entries(withAttributes).map(([name, list]) => [name, new Set(words(list))] as const),
]);

/** Adds what a site allows to the built-in list. Scripts, styles, handlers and their like are passed over. */
export function compileHtmlRules(allow: Readonly<Record<string, readonly string[]>>): HtmlRules {
  const elements = new Map(own);
  for (const [key, list] of Object.entries(allow)) {
    const name = key.toLowerCase();
    if (!/^[a-z][a-z0-9-]*$/.test(name) || neverAllowed.has(name)) continue;
    const attributes = list
      .map((attribute) => attribute.toLowerCase())
      .filter((attribute) => /^[a-z][a-z0-9_-]*$/.test(attribute))
      .filter((attribute) => !attribute.startsWith("on") && !neverAllowedAttributes.has(attribute));
    elements.set(name, new Set([...(elements.get(name) ?? []), ...attributes]));
  }
  return { elements };
}
