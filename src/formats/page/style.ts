/** Only logical properties, so that it serves both directions. Colours have a contrast of 4.5:1 or more. */
export const pageStyle = `
:root{color-scheme:light dark;--back:#fff;--text:#1c1c1e;--soft:#55565c;--link:#0a4fb3;--line:#c9cad1;--tint:#f4f5f8}
@media (prefers-color-scheme:dark){:root{--back:#15171b;--text:#eaeaee;--soft:#b4b6c0;--link:#9cc4ff;--line:#43464f;--tint:#1f2228}}
*{box-sizing:border-box}
html[dir=ltr]{text-align:left}
html[dir=rtl]{text-align:right}
body{margin:0;background:var(--back);color:var(--text);font:1.0625rem/1.6 system-ui,sans-serif;overflow-wrap:anywhere}
header,main,footer{max-width:44rem;margin-inline:auto;padding-inline:1.25rem}
header{padding-block:2.5rem .5rem}
h1{margin:0;font-size:2rem;line-height:1.2}
h1 a{color:inherit;text-decoration:none}
h1 a:hover{text-decoration:underline}
header p,footer,time{color:var(--soft)}
h2{margin-block:2rem .5rem;font-size:1.375rem}
h3{margin:0;font-size:1.0625rem}
a{color:var(--link)}
a,button,summary{touch-action:manipulation}
:focus-visible{outline:3px solid var(--link);outline-offset:2px;border-radius:2px}
ul{margin:0;padding:0;list-style:none}
.site{margin-block-start:1rem;padding:1rem;border:1px solid var(--line);border-radius:.5rem;background:var(--tint)}
.doc{display:flex;flex-wrap:wrap;align-items:center;gap:.25rem .75rem;padding-block:.25rem}
.doc a{min-width:5.5rem}
.doc code{flex:1 1 14rem;font-size:.9375rem;user-select:all}
button{min-height:2.25rem;padding-inline:.75rem;border:1px solid var(--line);border-radius:.375rem;background:var(--back);color:var(--link);font:inherit;font-size:.9375rem;cursor:pointer}
.readers{display:flex;flex-wrap:wrap;gap:.125rem .875rem;margin:.25rem 0 0;font-size:.9375rem}
.readers span,.readers a,.feeds a,.doc a{display:inline-block;padding-block:.1875rem}
details{margin-block-start:.75rem;border-block-start:1px solid var(--line)}
summary{padding-block:.625rem;font-weight:600;cursor:pointer}
.feeds li{display:flex;flex-wrap:wrap;align-items:center;gap:.125rem .75rem;padding-block:.375rem}
.feeds bdi,.feeds li>a:first-child{flex:1 1 16rem;unicode-bidi:plaintext}
.feeds details{flex-basis:100%;margin:0;border:0}
.feeds summary{width:fit-content;padding-block:.1875rem;font-size:.9375rem;font-weight:400;color:var(--link)}
@media (max-width:30rem){.feeds bdi{flex-basis:100%}}
.post{display:flex;flex-wrap:wrap;gap:0 1rem;padding-block:.375rem}
.post a{flex:1 1 16rem}
[role=status]{position:fixed;inset-inline:1rem;inset-block-end:1rem;width:fit-content;max-width:calc(100% - 2rem);margin-inline:auto;padding:.5rem 1rem;border-radius:.5rem;background:var(--text);color:var(--back)}
[role=status]:empty{visibility:hidden}
footer{padding-block:2rem;font-size:.9375rem}
`;
