"""What is checked on each page. Every function gives a list of sentences, empty when all is well."""

from axe_playwright_python.base import AXE_SCRIPT

import keys

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
# Experimental in axe-core, a success criterion all the same (2.5.3: a name holds the words that are seen).
MORE_RULES = ["label-content-name-mismatch"]
WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 320, "height": 800}
# What a page is looked at in, one step of change between neighbours.
LOOKS = [(WIDE, "light"), (WIDE, "dark"), (NARROW, "dark"), (NARROW, "light")]
FEWER_LOOKS = [LOOKS[0], LOOKS[2]]
LATER_ROWS = [["tbody tr:nth-child(n+9)"], [".results > li:nth-child(n+9)"]]
CSS_BYTES, FIRST_PAGE_BYTES, SCRIPT_BYTES = 20_000, 50_000, 15_000
TAB_STOPS = 15

MARKUP = """() => ({
  lang: document.documentElement.lang, dir: document.documentElement.dir,
  direction: getComputedStyle(document.body).direction,
  headings: document.querySelectorAll('h1').length, title: document.title.trim(),
  mains: document.querySelectorAll('main').length,
  missing: (document.documentElement.innerText.match(/⟦[^⟧]*⟧/g) || []).slice(0, 5) })"""

OVERFLOW = """() => {
  const root = document.documentElement, width = root.clientWidth, right = getComputedStyle(root).direction;
  if (root.scrollWidth <= width) return null;
  const wide = [...document.body.querySelectorAll('*')].filter(e => {
    const box = e.getBoundingClientRect();
    return box.width > 0 && (box.right > width + 1 || box.left < -1);
  }).map(e => e.tagName.toLowerCase() + (e.className ? '.' + String(e.className).split(' ')[0] : ''));
  return `${root.scrollWidth} px wide in ${width} (${right}): ${[...new Set(wide)].slice(0, 4).join(', ')}`;
}"""

AFTER_SKIP = """id => {
  const target = document.getElementById(id), e = document.activeElement;
  if (!target || !e || e === document.body) return !!target;
  return target === e || target.contains(e)
    || !!(target.compareDocumentPosition(e) & Node.DOCUMENT_POSITION_FOLLOWING);
}"""


JUDGE = """([context, tags, more, named]) => axe.run(context, {
  runOnly: {type: 'tag', values: tags}, rules: Object.fromEntries(more.map(id => [id, {enabled: true}])),
  resultTypes: ['violations'], preload: false, performanceTimer: false, selectors: named,
}).then(found => found.violations.map(rule => ({ id: rule.id, impact: rule.impact, help: rule.help,
  places: named ? rule.nodes.map(node => node.target.join(' ')) : [] })))"""


def markup(page, language):
    facts = page.evaluate(MARKUP)
    direction = "rtl" if language == "ar" else "ltr"
    faults = []
    if facts["lang"].split("-")[0] != language:
        faults.append(f"html lang is “{facts['lang']}”, not “{language}”")
    if (facts["dir"] or "ltr") != direction or facts["direction"] != direction:
        faults.append(f"direction is {facts['dir'] or 'not set'}/{facts['direction']}, not {direction}")
    if facts["headings"] != 1:
        faults.append(f"{facts['headings']} h1 headings, not one")
    if facts["mains"] != 1:
        faults.append(f"{facts['mains']} main elements, not one")
    if not facts["title"]:
        faults.append("the page has no title")
    if facts["missing"]:
        faults.append("texts without a message: " + " ".join(facts["missing"]))
    return faults


def accessibility(page, all_rows=True):
    """By axe-core, in the width and scheme that the page has now; a dictionary for each rule that is broken.
    `all_rows`: also the later rows of long lists, which are made like the ones before."""
    if not page.evaluate("() => !!window.axe"):
        page.evaluate(AXE_SCRIPT)
    context = {"include": [["html"]], "exclude": [] if all_rows else LATER_ROWS}
    # Naming the places is dear: it is done only where there is one to name.
    if not page.evaluate(JUDGE, [context, RULES, MORE_RULES, False]):
        return []
    return page.evaluate(JUDGE, [context, RULES, MORE_RULES, True])


def sentence(rule):
    places = rule["places"]
    more = f" and {len(places) - 3} more" if len(places) > 3 else ""
    return f"axe {rule['id']} ({rule['impact']}): {rule['help']}: {'; '.join(places[:3])}{more}"


def axe_version(page):
    page.evaluate(AXE_SCRIPT)
    return page.evaluate("() => axe.version")


def overflow(page):
    """In the width that the page has now."""
    found = page.evaluate(OVERFLOW)
    return [f"scrolls sideways at {page.viewport_size['width']} px: {found}"] if found else []


def in_looks(page, looks=LOOKS):
    """Each width and scheme, without loading the page anew; it is wide and light afterwards. The faults as sentences,
    and how many of them axe-core found."""
    faults, violations = [], 0
    for index, (size, scheme) in enumerate(looks):
        page.set_viewport_size(size)
        page.emulate_media(color_scheme=scheme)
        judged = accessibility(page, all_rows=index == 0)
        violations += len(judged)
        faults += [f"{size['width']} px, {scheme}: {sentence(rule)}" for rule in judged]
        if scheme == "dark" or index == 0:        # where things stand does not depend on colours
            faults += overflow(page)
    page.set_viewport_size(WIDE)
    page.emulate_media(color_scheme="light")
    return faults, violations


def keyboard(page):
    """The first tab stops are shown and look focused; the first of them skips to the content."""
    faults = []
    page.evaluate("() => { getSelection()?.removeAllRanges(); document.activeElement?.blur(); scrollTo(0, 0) }")
    skip = None
    for stop in range(1, TAB_STOPS + 1):
        page.keyboard.press("Tab")
        found = page.evaluate(keys.FOCUS, None)
        if found is None:           # past the last one
            break
        if stop == 1:
            skip = found["href"]
        faults += [f"tab stop {stop}, {fault}" for fault in keys.faults(found)]
    if not skip or not skip.startswith("#"):
        return faults + ["the first tab stop is not a link that skips to the content"]
    page.evaluate("() => { document.activeElement?.blur(); scrollTo(0, 0) }")
    page.locator(f'a[href="{skip}"]').first.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    if not page.evaluate(AFTER_SKIP, skip[1:]):
        faults.append(f"after the skip link {skip} the next tab stop is not in the content")
    return faults


class Traffic:
    """What a page loads: bytes on the wire by kind, requests to others, errors in the console."""

    def __init__(self, page, base):
        self.page, self.base = page, base
        self.start()
        session = page.context.new_cdp_session(page)
        session.send("Network.enable")
        session.send("Network.setCacheDisabled", {"cacheDisabled": True})
        session.on("Network.loadingFinished", self.finished)
        page.on("response", self.response)
        page.on("console", lambda m: self.errors.append(m.text) if m.type == "error" else None)
        page.on("pageerror", lambda error: self.errors.append(str(error)))

    def start(self):
        """`weight`: bytes on the wire, heads included; of style and script the bytes as unpacked, and the requests."""
        self.weight = {"wire": 0, "styles": 0, "style": 0, "script": 0}
        self.errors, self.foreign, self.counted = [], [], []

    def finished(self, event):
        self.weight["wire"] += int(event["encodedDataLength"])

    def response(self, response):
        if not response.url.startswith((self.base, "data:", "about:", "blob:")):
            self.foreign.append(response.url)
        elif response.request.resource_type in ("stylesheet", "script"):
            self.counted.append(response)

    def faults(self, first, status=200):
        """`first`: the page is a first view. Chromium itself reports an answer that is no success."""
        found = [f"console: {text}" for text in self.errors[:5] if f"status of {status} " not in text or status == 200]
        self.errors = []
        found += [f"asks another site: {url}" for url in self.foreign[:3]]
        for response in self.counted:
            style = response.request.resource_type == "stylesheet"
            self.weight["style" if style else "script"] += len(response.body())
            self.weight["styles"] += style
        if self.weight["styles"] != 1:
            found.append(f"{self.weight['styles']} requests for style, not one")
        for what, most in (("style", CSS_BYTES), ("script", SCRIPT_BYTES)):
            if self.weight[what] >= most:
                found.append(f"{self.weight[what]} bytes of {what}, fewer than {most} allowed")
        if first and self.weight["wire"] > FIRST_PAGE_BYTES:
            found.append(f"{self.weight['wire']} bytes transferred, {FIRST_PAGE_BYTES} allowed")
        return found

    def later(self):
        """What the console said since."""
        return [f"console: {text}" for text in self.errors[:3]]
