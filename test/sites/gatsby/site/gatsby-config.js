module.exports = {
  siteMetadata: {
    title: `Bukit Hening`,
    author: { name: `Embun Bukit` },
    description: `Catatan dari atas bukit.`,
    siteUrl: `https://bukit.example`,
  },
  pathPrefix: `/catatan`,
  plugins: [
    { resolve: `gatsby-source-filesystem`, options: { path: `${__dirname}/content/blog`, name: `blog` } },
    { resolve: `gatsby-source-filesystem`, options: { path: `${__dirname}/src/images`, name: `images` } },
    { resolve: `gatsby-transformer-remark`, options: { plugins: [] } },
  ],
};
