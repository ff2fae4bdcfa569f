AUTHOR = "Mega Bakau"
SITENAME = "Hutan Bakau"
SITEURL = ""

PATH = "content"
TIMEZONE = "Asia/Makassar"
DEFAULT_LANG = "id"
DEFAULT_CATEGORY = "Umum"

ARTICLE_URL = "tulisan/{date:%Y}/{date:%m}/{slug}/"
ARTICLE_SAVE_AS = "tulisan/{date:%Y}/{date:%m}/{slug}/index.html"
ARTICLE_LANG_URL = "{lang}/{slug}/"
ARTICLE_LANG_SAVE_AS = "{lang}/{slug}/index.html"
STATIC_PATHS = ["images", "extra"]

FEED_ALL_ATOM = None
CATEGORY_FEED_ATOM = None
TRANSLATION_FEED_ATOM = None
AUTHOR_FEED_ATOM = None
AUTHOR_FEED_RSS = None
