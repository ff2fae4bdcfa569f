const path = require(`path`);
const { createFilePath } = require(`gatsby-source-filesystem`);

exports.createPages = async ({ graphql, actions }) => {
  const { data } = await graphql(`{ allMarkdownRemark(limit: 1000) { nodes { id fields { slug } } } }`);
  for (const { id, fields } of data.allMarkdownRemark.nodes) {
    actions.createPage({ path: fields.slug, component: path.resolve(`./src/templates/blog-post.js`), context: { id } });
  }
};

exports.onCreateNode = ({ node, actions, getNode }) => {
  if (node.internal.type === `MarkdownRemark`) {
    actions.createNodeField({ name: `slug`, node, value: createFilePath({ node, getNode }) });
  }
};

exports.createSchemaCustomization = ({ actions }) => {
  actions.createTypes(`
    type MarkdownRemark implements Node { frontmatter: Frontmatter fields: Fields }
    type Frontmatter { title: String date: Date @dateformat updated: Date @dateformat author: String category: String tags: [String] }
    type Fields { slug: String }
  `);
};
