import * as React from "react";
import { graphql } from "gatsby";

export default function BlogPost({ data: { markdownRemark: post } }) {
  return (
    <article>
      <h1>{post.frontmatter.title}</h1>
      <section dangerouslySetInnerHTML={{ __html: post.html }} />
    </article>
  );
}

export const query = graphql`
  query ($id: String!) {
    markdownRemark(id: { eq: $id }) { html frontmatter { title } }
  }
`;
