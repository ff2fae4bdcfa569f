// What the sanitisers of common readers keep of HTML.
const list = (names: string): ReadonlySet<string> => new Set(names.trim().split(/\s+/));

/** What the usual readers let through, by their own allow-lists. */
const safe = list(`
  a abbr acronym address area article aside audio b bdi bdo big blockquote br button canvas caption center cite code col
  colgroup command data datalist dd del details dfn dialog dir div dl dt em fieldset figcaption figure font footer form
  h1 h2 h3 h4 h5 h6 header hgroup hr i img input ins kbd label legend li main map mark menu meter nav noscript ol
  optgroup option output p picture pre progress q rb rp rt rtc ruby s samp section select small source span strike
  strong sub summary sup table tbody td textarea tfoot th thead time tr track tt u ul var video wbr`);

/** Elements of HTML that readers remove. */
const unsafe = list(`
  applet base basefont bgsound blink body embed frame frameset head html iframe isindex link listing marquee meta
  nobr noembed noframes object param plaintext script slot style svg template title xml xmp portal`);

/** Presentation MathML and static SVG, which the better readers keep. */
const safeMathml = list(`
  math maction menclose merror mfenced mfrac mglyph mi mlabeledtr mmultiscripts mn mo mover mpadded mphantom
  mprescripts mroot mrow mspace msqrt mstyle msub msubsup msup mtable mtd mtext mtr munder munderover none semantics
  annotation annotation-xml maligngroup malignmark`);
const safeSvg = list(`
  a animate animatecolor animatemotion animatetransform circle clippath defs desc ellipse font-face font-face-name
  font-face-src foreignobject g glyph hkern image line lineargradient marker mask metadata missing-glyph mpath path
  pattern polygon polyline radialgradient rect set stop style svg switch symbol text textpath title tspan use view`);

const safeAttributes = list(`
  abbr accept accept-charset accesskey action align alt autocomplete autofocus autoplay axis background balance bgcolor
  bgproperties border bordercolor bordercolordark bordercolorlight bottompadding cellpadding cellspacing ch char
  charoff charset checked cite class clear color cols colspan compact content contenteditable controls coords
  crossorigin data datafld datapagesize datasrc datetime decoding default delay dir disabled draggable dynsrc enctype
  end face fetchpriority for form frame galleryimg gutter headers height hidden hidefocus high href hreflang hspace
  icon id inputmode ismap itemid itemprop itemref itemscope itemtype keytype kind label lang leftspacing list loading
  longdesc loop loopcount loopend loopstart low lowsrc max maxlength media method min multiple muted name nohref
  noshade nowrap open optimum pattern ping placeholder playsinline point-size poster pqg preload prompt radiogroup
  readonly referrerpolicy rel repeat-max repeat-min replace required rev reversed role rows rowspan rules scope
  selected shape sizes size span spellcheck src srcdoc srclang srcset start step style summary suppress tabindex target
  template title toppadding translate type unselectable urn usemap valign value variable volume vrml vspace width
  wrap xml:lang xml:base xmlns`);

const safeMathmlAttributes = list(`
  accent accentunder actiontype align alttext bevelled class close columnalign columnlines columnspacing columnspan
  definitionurl denomalign depth dir display displaystyle encoding equalcolumns equalrows fence fontstyle fontweight
  form frame height href id largeop lineleading linethickness lquote lspace mathbackground mathcolor mathsize
  mathvariant maxsize minsize mode movablelimits notation open other rowalign rowlines rowspacing rowspan rquote rspace
  scriptlevel selection separator separators stretchy style subscriptshift superscriptshift symmetric title type
  width voffset`);

const safeStyles = list(`
  azimuth background background-color border border-bottom border-bottom-color border-bottom-style border-bottom-width
  border-collapse border-color border-left border-left-color border-left-style border-left-width border-right
  border-right-color border-right-style border-right-width border-spacing border-style border-top border-top-color
  border-top-style border-top-width border-width border-radius clear color cursor direction display elevation float
  font font-family font-size font-style font-variant font-weight height letter-spacing line-height list-style-type
  margin margin-bottom margin-left margin-right margin-top max-height max-width min-height min-width overflow padding
  padding-bottom padding-left padding-right padding-top pause pause-after pause-before pitch pitch-range richness speak
  speak-header speak-numeral speak-punctuation speech-rate stress text-align text-decoration text-indent text-transform
  unicode-bidi vertical-align voice-family volume white-space width word-break word-wrap overflow-wrap`);

export function isSafeElement(name: string): boolean {
  return safe.has(name);
}

export function isKnownElement(name: string): boolean {
  return unsafe.has(name) || safe.has(name) || safeMathml.has(name);
}

export function isSafeMathElement(name: string): boolean {
  return safeMathml.has(name);
}

export function isSafeSvgElement(name: string): boolean {
  return safeSvg.has(name.toLowerCase());
}

export function isSafeAttribute(name: string): boolean {
  return safeAttributes.has(name) || /^(?:data|aria)-[\w.-]+$/.test(name) || name.startsWith("xmlns:");
}

export function isSafeMathAttribute(name: string): boolean {
  return safeMathmlAttributes.has(name);
}

/** The first declaration of a style that readers remove; `undefined` when all of it is harmless. */
export function faultOfStyle(style: string): string | undefined {
  if (/\\|\/\*|@|<|expression\s*\(|javascript|behaviou?r|-moz-binding/i.test(style)) return style;
  for (const declaration of style.split(";")) {
    if (declaration.trim() === "") continue;
    const [, property = "", value = ""] = /^\s*([a-z-]+)\s*:([\s\S]*)$/i.exec(declaration) ?? [];
    if (!safeStyles.has(property.toLowerCase()) || /url\s*\(|[{}]/i.test(value)) return declaration.trim();
  }
  return undefined;
}
