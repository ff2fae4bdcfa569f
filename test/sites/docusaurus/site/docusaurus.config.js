export default {
  title: "Proyek Karang",
  tagline: "Dokumentasi terumbu karang",
  url: "https://karang.example",
  baseUrl: "/proyek/",
  i18n: { defaultLocale: "en", locales: ["en"] },
  onBrokenLinks: "warn",
  presets: [
    [
      "classic",
      {
        docs: false,
        blog: {
          blogTitle: "Karang blog",
          blogDescription: "News from the reef",
          postsPerPage: "ALL",
          onInlineAuthors: "ignore",
          onInlineTags: "ignore",
          onUntruncatedBlogPosts: "ignore",
          feedOptions: { type: "all", limit: false },
        },
      },
    ],
  ],
};
