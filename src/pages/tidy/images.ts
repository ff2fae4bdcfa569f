import type { Document, Element } from "domhandler";
import { appendChild, removeElement } from "domutils";
import { childElements, elementsUnder } from "../dom.ts";
import { allText, besideElement, makeElement, replaceWith, unwrap } from "./nodes.ts";

/** Attributes in which scripts that load images late keep the address. */
const lateSources = [
  "data-src",
  "data-original",
  "data-lazy-src",
  "data-lazy",
  "data-actualsrc",
  "data-echo",
  "data-hi-res-src",
];
const lateSets = ["data-srcset", "data-lazy-srcset", "data-original-set"];

/** Names of pictures shown until the real one is there. */
const placeholderName =
  /^(?:data:|about:|#)|(?:^|[/_-])(?:blank|placeholder|spacer|loading|lazy|pixel|transparent|empty|1x1|grey|gray)[\w-]{0,20}\.(?:gif|png|svg|jpe?g|webp)(?:$|[?#])/i;

const media: ReadonlySet<string> = new Set(["img", "picture", "iframe", "video", "audio"]);

/** Gives every image its address in `src`, and keeps one of those that a page has twice for browsers without scripts. */
export function tidyImages(document: Document): void {
  for (const element of elementsUnder(document))
    if (element.name === "amp-img" || element.name === "amp-anim") element.name = "img";
  for (const element of elementsUnder(document)) if (element.name === "noscript") tidyTwin(element);
  for (const element of elementsUnder(document)) {
    if (element.name === "img" || element.name === "source") tidySource(element);
    if (element.name === "picture") tidyPicture(element);
    if (element.name === "img" && isMissing(element.attribs.src)) takeLargest(element, element);
  }
}

/** `<noscript>` holds what a page shows without its scripts, as in a feed. Other notes for such browsers go. */
function tidyTwin(noscript: Element): void {
  const inside = elementsUnder(noscript).filter(({ name }) => media.has(name));
  if (inside.length === 0) {
    removeElement(noscript);
    return;
  }
  for (const side of ["prev", "next"] as const) {
    const twin = besideElement(noscript, side);
    if (twin !== undefined && isTwin(twin, inside[0] as Element)) {
      removeElement(twin);
      break;
    }
  }
  unwrap(noscript);
}

function isTwin(element: Element, real: Element): boolean {
  const images = [element, ...elementsUnder(element)].filter(
    ({ name }) => media.has(name) && name !== "picture",
  );
  if (images.length !== 1 || allText(element).trim() !== "") return false;
  const [image] = images as [Element];
  if (real.name !== "picture" && image.name !== real.name) return false;
  const address = lateAddress(image) ?? image.attribs.src ?? "";
  const other = [real, ...elementsUnder(real)].find(({ name }) => name !== "picture" && name !== "source");
  return isMissing(image.attribs.src) || address === other?.attribs.src || lateAddress(image) !== undefined;
}

function lateAddress({ attribs }: Element): string | undefined {
  return lateSources
    .map((name) => attribs[name])
    .find((address) => address !== undefined && !isMissing(address));
}

function isMissing(address: string | undefined): boolean {
  return address === undefined || address.trim() === "" || placeholderName.test(address.slice(0, 2000));
}

function tidySource(element: Element): void {
  const { attribs } = element;
  const late = lateAddress(element);
  if (late !== undefined && element.name === "img") attribs.src = late;
  const set = lateSets.map((name) => attribs[name]).find((one) => one !== undefined && one.trim() !== "");
  if (set !== undefined) attribs.srcset = set;
  for (const name of [...lateSources, ...lateSets]) delete attribs[name];
  if (attribs.srcset !== undefined && /^\s*(?:data:|$)/.test(attribs.srcset)) delete attribs.srcset;
  if (attribs.sizes === "auto") delete attribs.sizes;
}

/** A `<picture>` shows nothing without an image in it. */
function tidyPicture(picture: Element): void {
  const sources = childElements(picture).filter(({ name }) => name === "source");
  for (const source of sources) tidySource(source);
  let image = elementsUnder(picture).find(({ name }) => name === "img");
  if (image === undefined) {
    if (sources.every(({ attribs }) => isMissing(attribs.srcset))) return;
    image = makeElement("img", { alt: "" });
    appendChild(picture, image);
  } else tidySource(image);
  if (!isMissing(image.attribs.src)) return;
  for (const source of sources) if (takeLargest(image, source)) break;
  if (sources.length === 0 && isMissing(image.attribs.src)) replaceWith(picture, image);
}

/** Takes the widest image of a `srcset`, of those no wider than feeds need. */
function takeLargest(image: Element, { attribs }: Element): boolean {
  const candidates = (attribs.srcset ?? "")
    .slice(0, 20_000)
    .split(/,\s+|,(?=https?:|\/)/)
    .map((candidate) => candidate.trim().split(/\s+/, 2))
    .filter(([address]) => !isMissing(address))
    .map(([address, size]) => ({ address: address as string, size: Number.parseFloat(size ?? "1") || 1 }));
  const fitting = candidates.filter(({ size }) => size <= 2000);
  const best = (fitting.length > 0 ? fitting : candidates).reduce<
    { address: string; size: number } | undefined
  >((most, one) => (most === undefined || one.size > most.size ? one : most), undefined);
  if (best === undefined) return false;
  image.attribs.src = best.address;
  return true;
}
