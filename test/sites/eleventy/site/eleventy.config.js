import { HtmlBasePlugin, InputPathToUrlTransformPlugin } from "@11ty/eleventy";

export default function (eleventyConfig) {
  eleventyConfig.addPreprocessor("drafts", "*", (data) => {
    if (data.draft) return false;
  });
  eleventyConfig.addPassthroughCopy({ "./public/": "/" });
  eleventyConfig.addPassthroughCopy("content/blog/**/*.png");
  eleventyConfig.addPlugin(HtmlBasePlugin);
  eleventyConfig.addPlugin(InputPathToUrlTransformPlugin);
  eleventyConfig.addPairedShortcode("kotak", (isi, judul) => `<div class="kotak"><b>${judul}</b>\n\n${isi}\n\n</div>`);
  eleventyConfig.addShortcode("peta", (nama) => `<iframe src="https://peta.example/${nama}"></iframe>`);
}

export const config = {
  pathPrefix: "/jurnal/",
  dir: { input: "content", includes: "../_includes", data: "../_data", output: "_site" },
};
