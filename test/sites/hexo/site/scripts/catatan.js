hexo.extend.tag.register("catatan", (args, isi) => `<div class="catatan ${args[0]}">${hexo.render.renderSync({ text: isi, engine: "markdown" })}</div>`, { ends: true });
