// Removes all of Hexo's generators but the two feeds.
for (const name of ["asset", "page", "post"]) delete hexo.extend.generator.store[name];
