const { withContentlayer } = require("next-contentlayer2");

module.exports = withContentlayer({
  basePath: "/catatan",
  pageExtensions: ["ts", "tsx", "md", "mdx"],
  images: { unoptimized: true },
});
