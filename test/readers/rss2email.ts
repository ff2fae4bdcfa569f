// rss2email: it fetches with feedparser and sends a mail for each entry, here into a Maildir; the mails are read.
//
// Known quirks:
// - It has feedparser's ways with HTML and with authors (see feedparser.ts); an author is the mail's `From`.
// - A mail has one sender: of several authors the first one in RSS, the last one in Atom.
// - Of an edited post it says nothing more, unless `reply-changes` is on, as here: then a mail answers the first one.
//   Whether a post was edited it sees by its text; a new title alone goes unnoticed.
// - A note without a title gets the first 70 characters of its text, with their Markdown.
// - Enclosures are addresses at the end of the mail.
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Entry, type Place, python, type Reader, run, type Subscription } from "./reader.ts";

interface Mail {
  readonly id: string;
  readonly message: string;
  /** The mail it answers. */
  readonly answers: string | null;
  readonly subject: string;
  readonly link: string;
  readonly date: number;
  readonly from: string;
  readonly body: string;
}

const readMails = `
import datetime, email.policy, email.utils, json, mailbox, sys
utc = datetime.timezone.utc  # what -0000 means (RFC 5322 section 3.3)
read = lambda file: email.message_from_binary_file(file, policy=email.policy.default)
mails = []
for mail in mailbox.Maildir(sys.argv[1] + "/INBOX", factory=read):
    mails.append({
        "id": mail["X-RSS-ID"],
        "message": mail["Message-ID"],
        "answers": mail["In-Reply-To"],
        "subject": mail["Subject"],
        "link": mail["X-RSS-URL"],
        "date": int(email.utils.parsedate_to_datetime(mail["Date"]).replace(tzinfo=utc).timestamp() * 1000),
        "from": mail["From"].addresses[0].display_name,
        "body": mail.get_content(),
    })
print(json.dumps(mails))
`;

export const rss2email: Reader = {
  name: "rss2email",
  package: "rss2email",
  present: ["r2e", "--version"],
  feeds: ["rss.xml", "atom.xml", "feeds/suara-dermaga/rss.xml"],
  leavesOut: ["type", "length"],
  authorsShown: (names, format) => (format === "RSS" ? names.slice(0, 1) : names.slice(-1)),
  cleansHtml: true,
  asksFrom: 2,
  edited: "replaced",
  untitled: ({ text }) => text.slice(0, 70).trim(),
  subscribe(place: Place): Subscription {
    const path = (name: string): string => join(place.folder, name);
    mkdirSync(path("mail"));
    const r2e = ["r2e", "-c", path("config"), "-d", path("data.json")] as const;
    writeFileSync(
      path("config"),
      `[DEFAULT]\n${settings(path("mail"))}\n\n[feed.site]\nurl = ${place.url}\n`,
    );
    return {
      async refresh() {
        await run([...r2e, "run"], place);
        const mails: Mail[] = JSON.parse(await run([python, "-c", readMails, path("mail")], place));
        const answered = new Set(mails.map(({ answers }) => answers));
        return mails
          .filter(({ message }) => !answered.has(message))
          .map(toEntry)
          .sort((a, b) => b.date - a.date);
      },
    };
  },
};

const settings = (maildir: string): string =>
  [
    "to = reader@localhost",
    "from = rss2email@localhost",
    "email-protocol = maildir",
    `maildir-path = ${maildir}`,
    "name-format = {author}",
    "date-header = True",
    "date-header-order = issued",
    "html-mail = True",
    "reply-changes = True",
  ].join("\n");

/** Undoes what feedparser does to `address (name)` where the top-level domain is long. */
function nameOf(from: string): string {
  return from.replace(/^[^ ]* \(/, "");
}

function toEntry(mail: Mail): Entry {
  const [, content = "", footer = ""] =
    /<div id="body">\n([\s\S]*)\n<\/div>\n<div class="footer">([\s\S]*)$/.exec(mail.body) ?? [];
  return {
    id: mail.id,
    title: mail.subject,
    link: mail.link,
    date: mail.date,
    authors: [nameOf(mail.from)],
    content,
    enclosures: [...footer.matchAll(/<p>Enclosure: <a href="([^"]*)"/g)].map(([, url = ""]) => ({ url })),
  };
}
