import type { ListedKind } from "../site/feed-list.ts";

/** The words in one language. A new language is one more row of the table below. */
export interface SiteTexts {
  /** BCP 47. */
  readonly language: string;
  readonly subscribe: string;
  /** What a feed is, in two sentences. */
  readonly about: string;
  readonly copy: string;
  readonly copied: string;
  readonly openIn: string;
  /** The reader that the visitor's own system opens for `feed:`. */
  readonly thisDevice: string;
  readonly latest: string;
  /** Shown if the list on the page is not complete. */
  readonly wholeList: string;
  readonly groups: Readonly<Record<Exclude<ListedKind, "site">, string>>;
  /** Above a raw feed in a browser. */
  readonly rawFeed: string;
}

/** The words in a language (BCP 47) if the table has it, else in English. */
export function siteTexts(language: string): SiteTexts {
  const primary = language.split("-", 1)[0]?.toLowerCase();
  return table.find((texts) => texts.language === primary) ?? english;
}

const english: SiteTexts = {
  language: "en",
  subscribe: "Subscribe",
  about:
    "A feed is a list of a site's newest posts that a program called a feed reader checks for you. Copy the address of a feed into your reader, or open it with one of the links below, and every new post comes to you, without an account here and without your e-mail address.",
  copy: "Copy address",
  copied: "Copied",
  openIn: "Open in",
  thisDevice: "App on this device",
  latest: "Latest posts",
  wholeList: "The whole list",
  groups: {
    custom: "More feeds",
    section: "Sections",
    language: "Languages",
    author: "Authors",
    tag: "Tags",
  },
  rawFeed:
    "This is a feed, a page for feed readers. To subscribe, copy its address from the address bar into your reader.",
};

const table: readonly SiteTexts[] = [
  english,
  {
    language: "id",
    subscribe: "Berlangganan",
    about:
      "Feed adalah daftar tulisan terbaru sebuah situs yang diperiksa untuk Anda oleh program bernama pembaca feed. Salin alamat feed ke pembaca Anda, atau buka lewat salah satu tautan di bawah, dan setiap tulisan baru akan sampai kepada Anda tanpa perlu mendaftar atau memberikan alamat surel.",
    copy: "Salin alamat",
    copied: "Tersalin",
    openIn: "Buka di",
    thisDevice: "Aplikasi di perangkat ini",
    latest: "Tulisan terbaru",
    wholeList: "Daftar lengkap",
    groups: { custom: "Feed lainnya", section: "Rubrik", language: "Bahasa", author: "Penulis", tag: "Tag" },
    rawFeed:
      "Ini adalah feed, halaman untuk pembaca feed. Untuk berlangganan, salin alamatnya dari bilah alamat ke pembaca Anda.",
  },
  {
    language: "ar",
    subscribe: "اشترك",
    about:
      "الخلاصة قائمة بأحدث ما يُنشر في الموقع، يتابعها نيابةً عنك برنامج يسمّى قارئ الخلاصات. انسخ عنوان الخلاصة إلى قارئك، أو افتحها من أحد الروابط أدناه، فيصلك كل جديد دون تسجيل ودون عنوان بريد إلكتروني.",
    copy: "انسخ العنوان",
    copied: "تم النسخ",
    openIn: "افتح في",
    thisDevice: "تطبيق على هذا الجهاز",
    latest: "أحدث المنشورات",
    wholeList: "القائمة الكاملة",
    groups: {
      custom: "خلاصات أخرى",
      section: "الأقسام",
      language: "اللغات",
      author: "الكتّاب",
      tag: "الوسوم",
    },
    rawFeed: "هذه خلاصة مخصصة لبرامج قراءة الخلاصات. للاشتراك، انسخ عنوانها من شريط العنوان إلى قارئك.",
  },
  {
    language: "de",
    subscribe: "Abonnieren",
    about:
      "Ein Feed ist eine Liste der neuesten Beiträge einer Website, die ein Programm namens Feedreader für Sie abruft. Kopieren Sie die Adresse eines Feeds in Ihren Feedreader oder öffnen Sie ihn über einen der Links unten, und jeder neue Beitrag kommt zu Ihnen, ohne Anmeldung und ohne E-Mail-Adresse.",
    copy: "Adresse kopieren",
    copied: "Kopiert",
    openIn: "Öffnen in",
    thisDevice: "App auf diesem Gerät",
    latest: "Neueste Beiträge",
    wholeList: "Vollständige Liste",
    groups: {
      custom: "Weitere Feeds",
      section: "Rubriken",
      language: "Sprachen",
      author: "Autoren",
      tag: "Schlagwörter",
    },
    rawFeed:
      "Dies ist ein Feed, eine Seite für Feedreader. Zum Abonnieren kopieren Sie die Adresse aus der Adresszeile in Ihren Feedreader.",
  },
  {
    language: "es",
    subscribe: "Suscribirse",
    about:
      "Un feed es una lista con lo último que publica un sitio, que un programa llamado lector de feeds consulta por usted. Copie la dirección de un feed en su lector, o ábralo con uno de los enlaces de abajo, y recibirá cada publicación nueva sin registrarse y sin dar su correo electrónico.",
    copy: "Copiar la dirección",
    copied: "Copiado",
    openIn: "Abrir en",
    thisDevice: "Aplicación de este dispositivo",
    latest: "Últimas publicaciones",
    wholeList: "Lista completa",
    groups: {
      custom: "Otros feeds",
      section: "Secciones",
      language: "Idiomas",
      author: "Autores",
      tag: "Etiquetas",
    },
    rawFeed:
      "Esto es un feed, una página para lectores de feeds. Para suscribirse, copie su dirección de la barra de direcciones en su lector.",
  },
  {
    language: "fr",
    subscribe: "S’abonner",
    about:
      "Un flux est la liste des dernières publications d’un site, qu’un logiciel appelé lecteur de flux consulte pour vous. Copiez l’adresse d’un flux dans votre lecteur, ou ouvrez-le par l’un des liens ci-dessous, et chaque nouvelle publication vous parviendra sans inscription ni adresse électronique.",
    copy: "Copier l’adresse",
    copied: "Copié",
    openIn: "Ouvrir dans",
    thisDevice: "Application de cet appareil",
    latest: "Dernières publications",
    wholeList: "Liste complète",
    groups: {
      custom: "Autres flux",
      section: "Rubriques",
      language: "Langues",
      author: "Auteurs",
      tag: "Mots-clés",
    },
    rawFeed:
      "Ceci est un flux, une page destinée aux lecteurs de flux. Pour vous abonner, copiez son adresse depuis la barre d’adresse dans votre lecteur.",
  },
  {
    language: "ja",
    subscribe: "購読する",
    about:
      "フィードは、サイトの新しい記事の一覧で、フィードリーダーというプログラムが代わりに確認してくれるものです。フィードのアドレスをリーダーにコピーするか、下のリンクから開くと、登録もメールアドレスもなしに新しい記事が届きます。",
    copy: "アドレスをコピー",
    copied: "コピーしました",
    openIn: "開く",
    thisDevice: "この端末のアプリ",
    latest: "最新の記事",
    wholeList: "全リスト",
    groups: {
      custom: "その他のフィード",
      section: "セクション",
      language: "言語",
      author: "著者",
      tag: "タグ",
    },
    rawFeed:
      "これはフィードリーダー用のフィードです。購読するには、アドレスバーのアドレスをリーダーにコピーしてください。",
  },
  {
    language: "pt",
    subscribe: "Assinar",
    about:
      "Um feed é uma lista das publicações mais recentes de um site, que um programa chamado leitor de feeds consulta por você. Copie o endereço de um feed para o seu leitor, ou abra-o por um dos links abaixo, e cada nova publicação chegará até você sem cadastro e sem e-mail.",
    copy: "Copiar endereço",
    copied: "Copiado",
    openIn: "Abrir em",
    thisDevice: "Aplicativo neste dispositivo",
    latest: "Últimas publicações",
    wholeList: "Lista completa",
    groups: {
      custom: "Outros feeds",
      section: "Seções",
      language: "Idiomas",
      author: "Autores",
      tag: "Tags",
    },
    rawFeed:
      "Este é um feed, uma página para leitores de feeds. Para assinar, copie o endereço da barra de endereços para o seu leitor.",
  },
];
