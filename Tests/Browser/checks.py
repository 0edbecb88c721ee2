"""What is checked on each page. Every function gives a list of sentences, empty when all is well."""

from axe_playwright_python.sync_playwright import Axe

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 320, "height": 800}
CSS_BYTES, FIRST_PAGE_BYTES = 20_000, 50_000
TAB_STOPS = 15

axe = Axe()

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

# How the focused element looks with and without focus; the element keeps the focus afterwards.
FOCUS = """() => {
  const e = document.activeElement;
  if (!e || e === document.body || e === document.documentElement) return null;
  const looks = () => {
    const s = getComputedStyle(e);
    const outline = s.outlineStyle === 'none' || parseFloat(s.outlineWidth) < 1 ? '' :
      s.outlineStyle + s.outlineWidth + s.outlineColor;
    return [outline, s.boxShadow, s.backgroundColor, s.color, s.borderTopColor, s.borderBottomWidth,
      s.textDecorationLine, s.textDecorationThickness].join('|');
  };
  const box = e.getBoundingClientRect(), focused = looks();
  const text = (e.innerText || e.value || e.getAttribute('aria-label') || e.name || '').trim().slice(0, 40);
  const inside = box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
  const middle = document.elementFromPoint(Math.min(Math.max(box.left + box.width / 2, 0), innerWidth - 1),
    Math.min(Math.max(box.top + box.height / 2, 0), innerHeight - 1));
  const covered = inside && middle && !e.contains(middle) && !middle.contains(e) && e.getClientRects().length === 1;
  e.blur();
  const differs = looks() !== focused;
  e.focus({focusVisible: true, preventScroll: true});
  return { name: e.tagName.toLowerCase() + ' “' + text + '”', shown: box.width > 0 && box.height > 0 && inside,
    differs, covered, href: e.getAttribute('href') };
}"""

AFTER_SKIP = """id => {
  const target = document.getElementById(id), e = document.activeElement;
  if (!target || !e || e === document.body) return !!target;
  return target === e || target.contains(e)
    || !!(target.compareDocumentPosition(e) & Node.DOCUMENT_POSITION_FOLLOWING);
}"""


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


def accessibility(page):
    response = axe.run(page, options={"runOnly": {"type": "tag", "values": RULES},
                                      "resultTypes": ["violations"]}).response
    faults = []
    for rule in response["violations"]:
        places = [" ".join(str(part) for part in node["target"]) for node in rule["nodes"]]
        more = f" and {len(places) - 3} more" if len(places) > 3 else ""
        faults.append(f"axe {rule['id']} ({rule['impact']}): {rule['help']}: {'; '.join(places[:3])}{more}")
    return faults


def overflow(page):
    """At both widths; leaves the page wide."""
    faults = []
    for size in (NARROW, WIDE):
        page.set_viewport_size(size)
        found = page.evaluate(OVERFLOW)
        if found:
            faults.append(f"scrolls sideways at {size['width']} px: {found}")
    return faults


def keyboard(page):
    """The first tab stops are shown and look focused; the first of them skips to the content."""
    faults = []
    page.evaluate("() => { getSelection()?.removeAllRanges(); document.activeElement?.blur(); scrollTo(0, 0) }")
    skip = None
    for stop in range(1, TAB_STOPS + 1):
        page.keyboard.press("Tab")
        found = page.evaluate(FOCUS)
        if found is None:           # past the last one
            break
        if stop == 1:
            skip = found["href"]
        if not found["shown"]:
            faults.append(f"tab stop {stop}, {found['name']}, is not on the screen")
        elif found["covered"]:
            faults.append(f"tab stop {stop}, {found['name']}, is covered")
        if not found["differs"]:
            faults.append(f"tab stop {stop}, {found['name']}, looks the same with and without focus")
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
    """What a page loads: bytes on the wire, bytes of CSS, requests to others, errors in the console."""

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
        self.bytes, self.styles, self.errors, self.foreign = 0, [], [], []

    def finished(self, event):
        self.bytes += int(event["encodedDataLength"])

    def response(self, response):
        if not response.url.startswith((self.base, "data:", "about:")):
            self.foreign.append(response.url)
        elif response.request.resource_type == "stylesheet":
            self.styles.append(response)

    def faults(self, first):
        found = [f"console: {text}" for text in self.errors[:5]]
        found += [f"asks another site: {url}" for url in self.foreign[:3]]
        css = sum(len(response.body()) for response in self.styles)
        if css >= CSS_BYTES:
            found.append(f"{css} bytes of CSS, {CSS_BYTES} allowed")
        if first and self.bytes >= FIRST_PAGE_BYTES:
            found.append(f"{self.bytes} bytes transferred, {FIRST_PAGE_BYTES} allowed")
        return found
