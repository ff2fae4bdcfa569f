// In comes Hexo; out goes a Hexo whose only generators are the two feeds.
for (const name of ["asset", "page", "post"]) delete hexo.extend.generator.store[name];
