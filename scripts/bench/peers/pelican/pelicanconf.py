# Pelican that writes an RSS and an Atom feed of the newest 50 posts in full. It renders every post; no page is written.
SITENAME = "Bench"
SITEURL = "https://bench.example"
FEED_DOMAIN = SITEURL
AUTHOR = "Redaksi"
PATH = "../../posts"
OUTPUT_PATH = "dist"
TIMEZONE = "Asia/Jakarta"
DEFAULT_LANG = "id"
PLUGINS = []
STATIC_PATHS = []
PAGE_PATHS = []
THEME_STATIC_PATHS = []
DIRECT_TEMPLATES = []
ARTICLE_SAVE_AS = ""
AUTHOR_SAVE_AS = ""
CATEGORY_SAVE_AS = ""
TAG_SAVE_AS = ""
YEAR_ARCHIVE_SAVE_AS = ""
FEED_ALL_ATOM = "atom.xml"
FEED_ALL_RSS = "rss.xml"
FEED_ATOM = None
FEED_RSS = None
CATEGORY_FEED_ATOM = None
AUTHOR_FEED_ATOM = None
AUTHOR_FEED_RSS = None
TRANSLATION_FEED_ATOM = None
FEED_MAX_ITEMS = 50
RSS_FEED_SUMMARY_ONLY = False
MARKDOWN = {
    "extensions": ["markdown.extensions.meta", "markdown.extensions.fenced_code"],
    "extension_configs": {},
    "output_format": "html5",
}
CACHE_CONTENT = True
LOAD_CONTENT_CACHE = True
CONTENT_CACHING_LAYER = "reader"
CACHE_PATH = "cache"
WITH_FUTURE_DATES = True
