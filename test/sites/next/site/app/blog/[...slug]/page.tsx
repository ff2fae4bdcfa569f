import { allBlogs } from "contentlayer/generated";
import { MDXLayoutRenderer } from "pliny/mdx-components";

export default async function Page({ params }: { params: Promise<{ slug: string[] }> }) {
  const slug = decodeURI((await params).slug.join("/"));
  const post = allBlogs.find((one) => one.slug === slug);
  return post === undefined ? null : <MDXLayoutRenderer code={post.body.code} />;
}
