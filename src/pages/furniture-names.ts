import type { Element } from "domhandler";
import { classesOf } from "./dom.ts";

const names = (text: string): ReadonlySet<string> => new Set(text.split(" "));

/** Whole classes and ids that name what is around a text. Part of a name never counts: `nested-copy` is no `copy`. */
const wholeNames = names(
  "share sharing shares social social-share social-links social-icons share-buttons sharebar share-bar share-links addtoany " +
    "post-share entry-share article-share sharedaddy share-post socials post-sharing " +
    "related related-posts related-content relatedposts see-also post-related article-related recommended recommend " +
    "toc table-of-contents post-toc toc-wrapper toc-container contents-list " +
    "byline post-meta entry-meta article-meta postmeta meta post-info article-info post-header entry-header article-header " +
    "post-footer entry-footer article-footer post-tags entry-tags article-tags tags tag-list taglist tag-links post-categories " +
    "categories cat-links reading-time read-time post-date date dateline pubdate post-time " +
    "breadcrumb breadcrumbs pagination pager post-nav post-navigation nav-links page-nav prev-next post-pagination article-nav " +
    "paginate navigation pagination-nav post-nextprev " +
    "author author-box author-bio author-card about-author post-author bio post-bio " +
    "comments comment-list disqus_thread respond comment giscus utterances gitalk post-comments comments-area " +
    "newsletter subscribe subscription signup subscribe-form mailing-list " +
    "sidebar widget widgets menu navbar nav footer site-footer site-header masthead skip-link back-to-top " +
    "copyright post-copyright license post-license reward donate post-reward sponsor edit-page edit-link " +
    "post-subtitle subtitle standfirst dek last-updated last-modified updated",
);

const furnitureElements = names("nav aside footer header form");
const furnitureRoles = names("navigation complementary banner contentinfo search");

/** Whether an element's name says that it is around a text and not of it. */
export function isFurnitureName(element: Element): boolean {
  if (furnitureElements.has(element.name)) return true;
  if (element.attribs.role !== undefined && furnitureRoles.has(element.attribs.role)) return true;
  return isNamedFurniture(element);
}

export function isNamedFurniture(element: Element): boolean {
  const { id } = element.attribs;
  if (id !== undefined && wholeNames.has(id.toLowerCase())) return true;
  return classesOf(element).some((name) => wholeNames.has(name));
}
