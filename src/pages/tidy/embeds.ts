import { type Document, type Element, isTag } from "domhandler";
import { removeElement } from "domutils";
import { classesOf, elementsUnder, hasClass } from "../dom.ts";
import { isWithin, makeElement, replaceWith, unwrap } from "./nodes.ts";

const iconParents: ReadonlySet<string> = new Set(
  "a button summary h1 h2 h3 h4 h5 h6 li span label".split(" "),
);
const sideNoteMarks: ReadonlySet<string> = new Set(["margin-toggle", "sidenote-toggle", "sidenote-number"]);

/** Turns players that a script would make into frames, plug-ins into links, and takes out icons. */
export function tidyEmbeds(document: Document): void {
  for (const element of elementsUnder(document)) {
    const { name } = element;
    const player = playerOf(element);
    if (player !== undefined) replaceWith(element, makeElement("iframe", player));
    else if (name === "iframe" || name === "video" || name === "audio" || name === "source")
      takeLateSource(element);
    else if (name === "object" || name === "embed") tidyPlugIn(element);
    else if (name === "canvas") unwrap(element);
    else if (name === "svg" && isIcon(element)) removeElement(element);
    else if (name === "label" && hasClass(element, sideNoteMarks)) removeElement(element);
  }
}

/** Elements that stand for a video until somebody clicks them. */
function playerOf({ name, attribs }: Element): Record<string, string> | undefined {
  const title: Record<string, string> = attribs.title === undefined ? {} : { title: attribs.title };
  const youtube =
    name === "lite-youtube" || name === "amp-youtube" || name === "youtube-video" || name === "lyt-youtube"
      ? (attribs.videoid ?? attribs["data-videoid"] ?? attribs["video-id"])
      : (attribs["data-youtube-id"] ?? attribs["data-youtube"]);
  if (youtube !== undefined && /^[\w-]{6,20}$/.test(youtube))
    return { src: `https://www.youtube.com/embed/${youtube}`, ...title };
  const vimeo =
    name === "lite-vimeo" || name === "amp-vimeo" ? (attribs.videoid ?? attribs["data-videoid"]) : undefined;
  if (vimeo !== undefined && /^\d{4,15}$/.test(vimeo))
    return { src: `https://player.vimeo.com/video/${vimeo}`, ...title };
  return undefined;
}

function takeLateSource({ attribs }: Element): void {
  const late = attribs["data-src"] ?? attribs["data-lazy-src"] ?? attribs["data-litespeed-src"];
  if (late === undefined || late.trim() === "") return;
  attribs.src = late;
  for (const key of ["data-src", "data-lazy-src", "data-litespeed-src"]) delete attribs[key];
}

/** What a plug-in would have shown: an image, its own text in place of it, or a link. */
function tidyPlugIn(element: Element): void {
  const address = (element.attribs.data ?? element.attribs.src ?? "").trim();
  const isImage =
    /^image\//.test(element.attribs.type ?? "") || /\.(?:svg|png|jpe?g|gif|webp|avif)$/i.test(address);
  if (isImage && address !== "")
    replaceWith(element, makeElement("img", { src: address, alt: element.attribs["aria-label"] ?? "" }));
  else if (
    element.children.some((child) => isTag(child) || (child.type === "text" && child.data.trim() !== ""))
  )
    unwrap(element);
  else if (address !== "")
    replaceWith(element, makeElement("a", { href: address }, element.attribs.title ?? address));
  else removeElement(element);
}

/** Drawings the size of a letter, or in a link beside its words, are no content. */
function isIcon(svg: Element): boolean {
  if (svg.attribs["aria-hidden"] === "true" || classesOf(svg).some((name) => /(?:^|[-_])icon/.test(name)))
    return true;
  const sizes = [svg.attribs.width, svg.attribs.height].map(
    (size) => Number.parseFloat(size ?? "") * (/em$/.test(size ?? "") ? 16 : 1),
  );
  return sizes.some((size) => size <= 48) || isWithin(svg, iconParents);
}
