// Out goes JSON Feed 1.0 and 1.1 as a table: which members an object has, and of what kind.

export interface JsonShape {
  /** What the object is, for messages. */
  readonly title: string;
  /** Kinds by name: a kind of value that `check-json.ts` knows, or a name of {@link jsonShapes}; `<kind>[]` is a list. */
  readonly members: Readonly<Record<string, string>>;
  readonly required: readonly string[];
}

const shared = { author: "author", authors: "author[]", language: "language" };

export const jsonShapes: Readonly<Record<string, JsonShape>> = {
  feed: {
    title: "the feed",
    members: {
      version: "string",
      title: "plain",
      home_page_url: "url",
      feed_url: "url",
      description: "plain",
      user_comment: "string",
      next_url: "url",
      icon: "url",
      favicon: "url",
      expired: "boolean",
      hubs: "hub[]",
      items: "item[]",
      ...shared,
    },
    required: ["version", "title", "items"],
  },
  item: {
    title: "the item",
    members: {
      id: "string",
      url: "url",
      external_url: "url",
      title: "plain",
      content_html: "html",
      content_text: "string",
      summary: "plain",
      image: "url",
      banner_image: "url",
      date_published: "date",
      date_modified: "date",
      tags: "plain[]",
      attachments: "attachment[]",
      ...shared,
    },
    required: ["id"],
  },
  author: { title: "the author", members: { name: "plain", url: "url", avatar: "url" }, required: [] },
  hub: { title: "the hub", members: { type: "string", url: "url" }, required: ["type", "url"] },
  attachment: {
    title: "the attachment",
    members: {
      url: "url",
      mime_type: "media-type",
      title: "plain",
      size_in_bytes: "count",
      duration_in_seconds: "count",
    },
    required: ["url", "mime_type"],
  },
};
