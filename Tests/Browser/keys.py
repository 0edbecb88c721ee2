"""A page as someone goes through it who has no pointer. Whoever goes stops with a sentence (AssertionError) as soon as
the focus is lost, stands still, is off the screen or covered, or cannot be seen."""

# How the focused element looks with and without focus; the element keeps the focus afterwards.
FOCUS = """wanted => {
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
    differs, covered, href: e.getAttribute('href'), place: [...document.querySelectorAll('*')].indexOf(e),
    wanted: !!wanted && e.matches(wanted) };
}"""
AT_MOST = 600                       # presses of Tab on one page


def faults(found):
    """What is wrong with the focus, as sentences that begin with the element's name."""
    sentences = []
    if not found["shown"]:
        sentences.append(f"{found['name']} is not on the screen")
    elif found["covered"]:
        sentences.append(f"{found['name']} is covered")
    if not found["differs"]:
        sentences.append(f"{found['name']} looks the same with and without focus")
    return sentences


class Keyboard:
    """`pressed` counts keys, `steps` the pages opened and forms sent."""

    def __init__(self, page):
        self.page = page
        self.pressed = 0
        self.steps = 0

    def key(self, name):
        self.page.keyboard.press(name)
        self.pressed += 1

    def reach(self, selector):
        """Presses Tab until the element has the focus."""
        if self.page.evaluate("s => !!document.activeElement && document.activeElement.matches(s)", selector):
            return
        before = None
        for _ in range(AT_MOST):
            self.key("Tab")
            found = self.page.evaluate(FOCUS, selector)
            if found is None:
                raise AssertionError(f"the focus is lost before {selector} is reached on {self.page.url}")
            if found["place"] == before:
                raise AssertionError(f"the focus stands still on {found['name']} on {self.page.url}")
            before = found["place"]
            for fault in faults(found):
                raise AssertionError(f"{fault} on {self.page.url}")
            if found["wanted"]:
                return
        raise AssertionError(f"{selector} is not reached with the Tab key on {self.page.url}")

    def write(self, selector, text):
        self.reach(selector)
        self.page.keyboard.insert_text(text)
        self.pressed += len(text)

    def send(self):
        """Presses Enter where the focus is, which opens another page: one step."""
        with self.page.expect_navigation(wait_until="load", timeout=30_000):
            self.key("Enter")
        self.steps += 1

    def press(self, selector):
        """Opens a link or sends a form."""
        self.reach(selector)
        self.send()

    def take(self, selector, path):
        """Follows a link to a file, which is kept at the path."""
        self.reach(selector)
        with self.page.expect_download(timeout=30_000) as waiting:
            self.key("Enter")
        waiting.value.save_as(path)
