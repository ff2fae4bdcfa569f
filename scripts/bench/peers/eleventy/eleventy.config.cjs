const { readFileSync } = require("node:fs");
const { join } = require("node:path");

module.exports = async (eleventyConfig) => {
  const { default: rss } = await import("@11ty/eleventy-plugin-rss");
  eleventyConfig.addPlugin(rss);
  eleventyConfig.setQuietMode(true);
  eleventyConfig.setUseGitIgnore(false);
  eleventyConfig.addGlobalData("permalink", () => false);
  eleventyConfig.addGlobalData("eleventyComputed", {});
  eleventyConfig.addCollection("newest", (api) =>
    api.getFilteredByGlob("posts/**/*.md").slice(-50).reverse(),
  );
  eleventyConfig.addFilter("permalinkOf", (post) => {
    const [, year, month] = /\/(\d{4})\/(\d{2})\//.exec(post.inputPath);
    return `https://bench.example/${year}/${month}/${post.data.slug}/`;
  });
  for (const name of ["rss.xml", "atom.xml", "feed.json"])
    eleventyConfig.addTemplate(`${name}.njk`, readFileSync(join(__dirname, "feeds", `${name}.njk`), "utf8"), {
      permalink: `/${name}`,
      eleventyExcludeFromCollections: true,
    });
  return {
    dir: { input: "posts", output: "sites/eleventy/dist", includes: "_none", data: "_none" },
    markdownTemplateEngine: false,
    templateFormats: ["md", "njk"],
  };
};
