"""Finds the site's own pages by following its links, and every link that leads nowhere. Needs no browser,
so what it finds is what a reader without scripts finds."""

import re
import urllib.error
import urllib.parse
import urllib.request
from collections import Counter, deque
from html.parser import HTMLParser

LANGUAGES = ["ar", "zh", "en", "fr", "ru", "es"]
FETCHED_PER_PATTERN = 4      # of each kind of address this many are fetched
OPENED_PER_PATTERN = 2       # and this many opened in the browser
FETCHED_AT_MOST = 800
# Where the walk begins; no link leads to the results of a search, with something found or nothing.
STARTS = ["/en", "/en/search?q=trafficking+training", "/en/search?q=nothingwillhavethis"]


class Page(HTMLParser):
    """Links and ids of one page."""

    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.links, self.ids = [], set()
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        values = dict(attributes)
        if values.get("id"):
            self.ids.add(values["id"])
        for name in ("href", "src", "action"):
            # A form that posts has an address which need not answer to GET.
            if values.get(name) and not (tag == "form" and (values.get("method") or "get").lower() == "post"):
                self.links.append(values[name])


class Crawl:
    """Breadth first from /en; `pages` are the addresses to open, `faults` the links that failed."""

    def __init__(self, base):
        self.base = base
        self.faults = []
        self.pages = []             # paths of HTML pages, at most OPENED_PER_PATTERN of each pattern
        self.fetched = 0
        self.not_fetched = 0        # links of kinds already fetched often enough
        self.walk()

    def walk(self):
        queue = deque((path, "the start") for path in STARTS)
        seen, of_pattern, opened = set(STARTS), Counter(), Counter()
        while queue:
            path, source = queue.popleft()
            kind = pattern(path)
            if of_pattern[kind] >= FETCHED_PER_PATTERN or self.fetched >= FETCHED_AT_MOST:
                self.not_fetched += 1
                continue
            of_pattern[kind] += 1
            status, content_type, body = self.fetch(path)
            if status != 200:
                self.faults.append(f"{path} answers {status} (linked from {source})")
                continue
            if not content_type.startswith("text/html"):
                continue
            page = Page(body.decode("utf-8", "replace"))
            if opened[kind] < OPENED_PER_PATTERN and path.split("/")[1].split("?")[0] == "en":
                opened[kind] += 1
                self.pages.append(path)
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

    def fetch(self, path):
        self.fetched += 1
        try:
            with urllib.request.urlopen(self.base + path, timeout=60) as reply:
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
        elif index > 1 and (re.search(r"[0-9A-Z%]", word)):
            ending = re.search(r"\.[a-z]{2,4}$", word)
            words.append(":id" + (ending.group() if ending else ""))
        else:
            words.append(word)
    names = sorted({name for name, _ in urllib.parse.parse_qsl(parts.query, keep_blank_values=True)})
    return "/" + "/".join(words) + ("?" + "&".join(names) if names else "")


def in_language(path, language):
    """The same page in another language."""
    return re.sub(r"^/[a-z]{2}(?=/|\?|$)", "/" + language, path)
