import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { TemplateLanguage } from "../../../src/model/config.ts";
import { findingsOf, htmlOf } from "./bodies.ts";

const numRuns = Number(process.env.FC_RUNS ?? 200);

describe("hidden text is never shown", () => {
  test.each([
    "{% comment %}secret{% endcomment %}",
    "{%- comment -%}\n\nsecret\n\n{%- endcomment %}",
    "{% comment %}a{% comment %}b{% endcomment %}secret{% endcomment %}",
    "{% comment %} it`s {% endcomment %} {% comment %}a ` bsecret{% endcomment %}",
    "{# secret #}",
    "{#secret#}",
    "{#-\nsecret\n\nsecret\n-#}",
    "{{/* secret */}}",
    "{{< comment >}}secret{{< /comment >}}",
    "<!-- secret -->",
    "<!-- {% comment %} --> secret <!-- {% endcomment %} -->",
    "%%secret%%",
    "%%\nsecret\n\nsecret\n%%",
    "{::comment}\nsecret\n{:/comment}",
    "{% if draft %}secret{% endif %}",
    "{% if a %}{% if b %}x{% endif %}secret{% endif %}",
    "{% for a in b %}secret{% endfor %}",
    "{% capture x %}secret{% endcapture %}",
  ])("%j", async (hidden) => {
    expect(await htmlOf(`Before ${hidden} after.`)).not.toContain("secret");
    expect(await htmlOf(`Before.\n\n${hidden}\n\nAfter.`)).toMatch(/^<p>Before.<\/p>\n+<p>After.<\/p>$/);
  });
});

describe("what is known without running anything is resolved", () => {
  test.each([
    ["{% raw %}Write {{ name }}.{% endraw %}", "<p>Write {{ name }}.</p>"],
    ["{% verbatim %}{{ a }}{% endverbatim %}", "<p>{{ a }}</p>"],
    [
      '{% highlight ruby %}\nputs "a < b"\n{% endhighlight %}',
      '<pre><code class="language-ruby">puts "a &lt; b"\n</code></pre>',
    ],
    [
      '{{< highlight go "linenos=false" >}}\nx := 1\n{{< /highlight >}}',
      '<pre><code class="language-go">x := 1\n</code></pre>',
    ],
    [
      "{% codeblock lang:js %}\n{{ b }}\n{% endcodeblock %}",
      '<pre><code class="language-js">{{ b }}\n</code></pre>',
    ],
    ["[a]({% post_url 2026-02-10-tide %})", '<p><a href="https://example.org/2026/02/10/tide/">a</a></p>'],
    ["[a]({% link 2026/target.md %}#x)", '<p><a href="https://example.org/target/#x">a</a></p>'],
    ['[a]({{< ref "target" >}})', '<p><a href="https://example.org/target/">a</a></p>'],
    ['[a]({{% relref "bundle" %}})', '<p><a href="https://example.org/bundle/">a</a></p>'],
    ["{% post_link tide %}", '<p><a href="https://example.org/2026/02/10/tide/">Tide</a></p>'],
    ["{{ site.url }}{{ site.baseurl }}/a", "<p>https://example.org/a</p>"],
    ["{{ page.title | upcase }} {{ title }}", "<p>HELLO Hello</p>"],
    ["{{ page.guest }} {{ $frontmatter.guest }} {{< param guest >}}", "<p>Ann Ann Ann</p>"],
    ['![a]({{ "/a.png" | relative_url }})', '<p><img src="https://example.org/a.png" alt="a"></p>'],
    [
      "{{< youtube abc_1 >}}",
      '<p><a href="https://www.youtube.com/watch?v=abc_1">https://www.youtube.com/watch?v=abc_1</a></p>',
    ],
    ["{% vimeo 12 %}", '<p><a href="https://vimeo.com/12">https://vimeo.com/12</a></p>'],
    [
      "{% gist ann/12 %}",
      '<p><a href="https://gist.github.com/ann/12">https://gist.github.com/ann/12</a></p>',
    ],
    ['{{< figure src="/a.png" alt="A" >}}', '<img src="https://example.org/a.png" alt="A">'],
    ["{% img right /a.png 300 A boat %}", '<img src="https://example.org/a.png" alt="A boat">'],
  ])("%s", async (text, html) => {
    expect(await htmlOf(text, {}, { extra: { guest: "Ann" } })).toBe(html);
    expect(await findingsOf(text, {}, { extra: { guest: "Ann" } })).toEqual([]);
  });

  test("the rest is left out, text between tags stays, and one warning names each kind once", async () => {
    const text =
      "{% include a.html %}\n\n{% box %}Take *water*.{% endbox %}\n\n{{ x }} and {{ y }} {{< price 3 >}}";
    expect(await htmlOf(text)).toBe("<p>Take <em>water</em>.</p>\n<p>and</p>");
    expect(await findingsOf(text)).toEqual([
      "post/template-left-out: Feeds show the text without its templates: {% include %} (line 1), {% box %} (line 3), {{ \u2026 }} (line 5), {{< price >}} (line 5)",
    ]);
  });

  test("a link to what is not known is its text", async () => {
    expect(await htmlOf("[a]({{ x }}/b) ![c]({{ y }}) [d]({% post_url gone %})")).toBe("<p>a c d</p>");
  });
});

describe("code is not touched", () => {
  test.each([
    ["`{{ x }}` and ``{% if ` %}``", "<code>{{ x }}</code> and <code>{% if ` %}</code>"],
    ["```\n{{ x }}\n{% comment %}\n```", "{{ x }}\n{% comment %}"],
    ["~~~html\n{{< x >}}\n~~~", "{{&lt; x &gt;}}"],
    ["- a\n\n  ```\n  {{ x }}\n  ```", "{{ x }}"],
    ["> ```\n> {{ x }}\n> ```", "{{ x }}"],
    ["a\n\n    {{ x }}", "<pre><code>{{ x }}"],
    ["1. a\n\n       {{ x }}", "<pre><code>{{ x }}"],
    ["<pre>{{ x }}</pre>", "{{ x }}"],
    ["a <code>{{ x }}</code>", "<code>{{ x }}</code>"],
    ["`{% raw %}{{ x }}{% endraw %}`", "<code>{{ x }}</code>"],
    ["`{{</* x */>}}`", "<code>{{&lt; x &gt;}}</code>"],
  ])("%j", async (text, code) => {
    expect(await htmlOf(text)).toContain(code);
    expect(await findingsOf(text)).toEqual([]);
  });

  test.each(["- a\n\n    {{ x }}", "a\n    {{ x }}", "`a\n\n{{ x }} b`", "\\`{{ x }}`"])(
    "no code: %j",
    async (text) => {
      expect(await htmlOf(text)).not.toContain("{{");
    },
  );
});

describe("the language decides", () => {
  test.each<[TemplateLanguage, string, string]>([
    ["keep", "{{ x }} {% y %}", "<p>{{ x }} {% y %}</p>"],
    ["hugo", "{{ x }}", "<p>{{ x }}</p>"],
    ["tera", "{{ page.title }}{{ price(a=1) }}", "<p>{{ page.title }}</p>"],
    ["tera", "{% q(a=1) %}\n*x*\n{% end %}", "<p><em>x</em></p>"],
    ["vue", "<span v-pre>{{ x }}</span>{{ y }}", "<p><span>{{ x }}</span></p>"],
  ])("%s: %s", async (templates, text, html) => expect(await htmlOf(text, { templates })).toBe(html));

  test.each([{ disableNunjucks: true }, { render_with_liquid: false }, { templateEngineOverride: "md" }])(
    "%j turns it off",
    async (extra) => {
      expect(await htmlOf("{{ x }}", {}, { extra })).toBe("<p>{{ x }}</p>");
    },
  );

  test("TeX is no template where no language is set", async () => {
    expect(await htmlOf("$x_{{i}} + \\frac{{a}}{b}$")).toBe("<p>$x_{{i}} + \\frac{{a}}{b}$</p>");
  });
});

const pieces = fc.constantFrom(
  ..."{{ x }}|{% y %}|{% endy %}|{% if a %}|{% endif %}|{# c #}|{{< z >}}|{{< /z >}}|{{% z %}}|{{/* c */}}|{% raw %}|{% endraw %}|{% comment %}|{% endcomment %}|`|```|~~~|\n|\n\n|    |- |> |a|{|%}|}}|%%|<!--|-->|{:.x}|[l](|)|<pre>|</pre>".split(
    "|",
  ),
);

test("any mixture renders", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(pieces), async (parts) => {
      expect(
        (await findingsOf(parts.join(""))).filter((found) => found.startsWith("post/render-failed")),
      ).toEqual([]);
    }),
    { numRuns },
  );
});

const outside = fc.constantFrom(
  "{{ x }}",
  "{% y a='b' %}",
  "{{< z >}}",
  "{{% z %}}",
  "{# c #}",
  "text ",
  "\n\n",
  "*a*",
  "- b\n",
  "`c`",
  "{% if q %}",
  "{% endif %}",
);

test("no template is shown outside code", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(outside), async (parts) => {
      expect(await htmlOf(parts.join(""))).not.toMatch(/\{[{%#]/);
    }),
    { numRuns },
  );
});

test.each([
  "{% if a %}",
  "{% comment %}",
  "{{",
  "{{ x }}",
  "{%",
  "{#",
  "{::comment}",
  "`",
  "`` ` ",
  "{: .a}\n",
  "{{< a",
  "%%",
  "<pre>",
  "<!--",
  "<a v-pre",
  "{% a %}\n",
  "]({{ x }}",
])(
  "takes time as it is long: %j",
  async (part) => {
    const time = async (count: number): Promise<number> => {
      const started = performance.now();
      await htmlOf(part.repeat(count));
      return performance.now() - started;
    };
    await time(1000);
    expect(await time(40_000)).toBeLessThan(20_000);
  },
  60_000,
);
