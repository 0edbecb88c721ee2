"""Finds the site's own pages by following its links, and every link that leads nowhere: as a guest, then as each of
the other readers. Needs no browser, so what it finds is what a reader without scripts finds."""

import re
import urllib.error
import urllib.parse
import urllib.request
from collections import Counter, defaultdict, deque
from html.parser import HTMLParser
from typing import NamedTuple

LANGUAGES = ["ar", "zh", "en", "fr", "ru", "es"]
FETCHED_PER_PATTERN = 4      # of each kind of address this many are fetched by a guest
FETCHED_BY_ROLE = 2          # and this many by each other reader, of kinds that are new to it
OPENED_PER_PATTERN = 2       # and this many opened in the browser
FETCHED_AT_MOST = 900
# Where the walk begins; no link leads to the results of a search, with something found or nothing.
STARTS = ["/en", "/en/search?q=trafficking+training", "/en/search?q=nothingwillhavethis"]


# Below these a last word of small letters names a record too.
NAMED_BY_WORDS = ("coverage",)


class Found(NamedTuple):
    """A page to open: who reads it, where it is (in English), and whether nothing that looks like it came before;
    lists that are filtered by other things, or later parts of them, look alike."""
    reader: str
    path: str
    first: bool


class Page(HTMLParser):
    """Links and ids of one page; `offers` are the addresses of its main part, forms that post marked POST."""

    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.links, self.offers, self.ids, self.in_main = [], [], set(), False
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        values = dict(attributes)
        self.in_main = self.in_main or tag == "main"
        if values.get("id"):
            self.ids.add(values["id"])
        # A form that posts has an address which need not answer to GET.
        posts = tag == "form" and (values.get("method") or "get").lower() == "post"
        for name in ("href", "src", "action"):
            if values.get(name) and self.in_main:
                self.offers.append(("POST " if posts else "") + values[name])
            if values.get(name) and not posts:
                self.links.append(values[name])

    def handle_endtag(self, tag):
        self.in_main = self.in_main and tag != "main"


class Crawl:
    """Breadth first from /en; `pages` are the addresses to open, `faults` the links that failed."""

    def __init__(self, base, sessions):
        """`sessions` is {reader: state of its session or None}, the guest first."""
        self.base = base
        self.faults = []
        self.pages = []             # of type Found
        self.fetched = 0
        self.not_fetched = 0        # links of kinds already fetched often enough
        self.faces = set()
        self.known = Counter()      # how many of each kind earlier readers fetched
        self.offered = defaultdict(set)     # what the main part of each kind of page offered to earlier readers
        for reader, state in sessions.items():
            self.walk(reader, "; ".join(f"{c['name']}={c['value']}" for c in (state or {}).get("cookies", [])))

    def walk(self, reader, cookies):
        guest = not self.known
        queue = deque((path, "the start") for path in STARTS)
        seen, of_pattern, opened = set(STARTS), Counter(), Counter()
        fetched = 0
        while queue:
            path, source = queue.popleft()
            kind = pattern(path)
            if of_pattern[kind] >= self.most(kind, guest) or fetched >= FETCHED_AT_MOST:
                self.not_fetched += 1
                continue
            of_pattern[kind] += 1
            fetched += 1
            status, content_type, body = self.fetch(path, cookies)
            if status != 200:
                self.faults.append(f"{path} answers {status} to {reader} (linked from {source})")
                continue
            if not content_type.startswith("text/html"):
                continue
            page = Page(body.decode("utf-8", "replace"))
            offers = {self.offer(path, text) for text in page.offers}
            is_new = guest or not self.known[kind] or self.more(kind, offers)
            if is_new and opened[kind] < (OPENED_PER_PATTERN if guest else 1) and path.split("/")[1][:2] == "en":
                opened[kind] += 1
                self.pages.append(Found(reader, path, (reader, face(kind)) not in self.faces))
                self.faces.add((reader, face(kind)))
            self.offered[kind] |= offers
            for link in page.links:
                target = urllib.parse.urljoin(self.base + path, link)
                address, fragment = urllib.parse.urldefrag(target)
                same_page = address in ("", self.base + path)
                if fragment and same_page and urllib.parse.unquote(fragment) not in page.ids:
                    self.faults.append(f"{path}: nothing has the id of the link #{fragment}")
                if not address.startswith(self.base + "/") or same_page:
                    continue
                address = address[len(self.base):]
                if address not in seen:
                    seen.add(address)
                    queue.append((address, path))
        self.fetched += fetched
        self.known.update(of_pattern)

    def most(self, kind, guest):
        """How many of a kind are fetched: of those a guest sees too, each other reader looks at one, unfiltered."""
        if guest:
            return FETCHED_PER_PATTERN
        if self.known[kind]:
            return 0 if "?" in kind or "." in kind else 1
        return FETCHED_BY_ROLE

    def offer(self, path, text):
        """What a link or form is for: its kind."""
        post, address = text.startswith("POST "), text.removeprefix("POST ")
        target = urllib.parse.urldefrag(urllib.parse.urljoin(self.base + path, address))[0]
        return ("POST " if post else "") + pattern(target.removeprefix(self.base))

    def more(self, kind, offers):
        """Whether a page offers this reader what no earlier one was offered on its like: a form, or a kind of page."""
        return any(o.startswith("POST ") or not self.known[o] for o in offers - self.offered[kind])

    def fetch(self, path, cookies):
        try:
            request = urllib.request.Request(self.base + path, headers={"Cookie": cookies} if cookies else {})
            with urllib.request.urlopen(request, timeout=60) as reply:
                return reply.status, reply.headers.get("Content-Type", ""), reply.read()
        except urllib.error.HTTPError as error:
            return error.code, "", b""
        except (urllib.error.URLError, OSError, ValueError) as error:
            return str(error), "", b""


def pattern(path):
    """The kind of an address: language, ids and values of parameters taken out.
    /fr/needs/12?area=CRIM → /:language/needs/:id?area"""
    parts = urllib.parse.urlsplit(path)
    words = []
    for index, word in enumerate(parts.path.strip("/").split("/")):
        if index == 0 and word in LANGUAGES:
            words.append(":language")
        elif index > 1 and (re.search(r"[0-9A-Z%]", word) or words[-1] in NAMED_BY_WORDS):
            ending = re.search(r"\.[a-z]{2,4}$", word)
            words.append(":id" + (ending.group() if ending else ""))
        else:
            words.append(word)
    names = sorted({name for name, _ in urllib.parse.parse_qsl(parts.query, keep_blank_values=True)})
    return "/" + "/".join(words) + ("?" + "&".join(names) if names else "")


def face(kind):
    """What a kind of address looks like: which filters it names is of no matter, being a later part of a list is."""
    path, _, names = kind.partition("?")
    names = set(names.split("&")) - {""}
    return path + ("?filtered" if names - {"after"} else "") + ("?later" if "after" in names else "")


def in_language(path, language):
    """The same page in another language."""
    return re.sub(r"^/[a-z]{2}(?=/|\?|$)", "/" + language, path)
