"""Faults planted on a page, each of which the checks must find; otherwise they would pass whatever comes."""

import checks
from keys import Keyboard

PAGE = """<!doctype html><html lang="en" dir="ltr"><head><title>planted</title><meta name="color-scheme" content="light dark">
<style>
 body { background: #fff; color: #000 } .wide { width: 600px }
 @media (prefers-color-scheme: dark) { body { background: #000; color: #fff } .dim { color: #333 } }
 @media (max-width: 30rem) { .small { display: inline-block; height: 9px; width: 9px; overflow: hidden } }
 @media (min-width: 30rem) { .bare { color: #aaa } }
 .ringless:focus { outline: none }
</style></head><body><a href="#main">on</a><main id="main"><h1>planted</h1><img src="data:,">
<p class="dim">hard to read in the dark</p><p class="bare">hard to read on a wide screen</p><p class="wide">wide</p>
<p><button class="small">a</button><button class="small">b</button></p><button aria-label="else">seen</button>
<p id="last">%s</p></main></body></html>"""
RINGLESS = '<a class="ringless" href="/">no ring</a><a id="after" href="/">after</a>'
LOSES = '<input onfocus="this.blur()"><a id="after" href="/">after</a>'
TRAP = '<input onkeydown="event.preventDefault()"><a id="after" href="/">after</a>'
# What stands in the sentence of a fault, and the look in which alone it must be found (None: in all four).
EXPECTED = [
    ("image-alt", None), ("label-content-name-mismatch", None), (".dim", "1280 px, dark"), (".dim", "320 px, dark"),
    (".bare", "1280 px, light"), ("target-size", "320 px, light"), ("scrolls sideways at 320 px", None),
]


def run(browser):
    """The planted faults that were not found, as sentences."""
    page = browser.new_page(viewport=checks.WIDE)
    page.set_content(PAGE % "")
    found, _ = checks.in_looks(page)
    missed = [f"planted and not found: {what} {look or ''}".strip() for what, look in EXPECTED
              if not any(what in fault and fault.startswith(look or "") for fault in found)]
    missed += [f"found where it is not: {fault}" for fault in found
               if (".dim" in fault and "light" in fault) or (".bare" in fault and fault.startswith("320"))]
    if not checks.markup(page, "ar"):
        missed.append("planted and not found: a page in the wrong language")
    for what, text in (("looks the same", RINGLESS), ("focus is lost", LOSES), ("stands still", TRAP)):
        page.set_content(PAGE % text)
        try:
            Keyboard(page).reach("#after")
            missed.append(f"planted and not found: {what}")
        except AssertionError as error:
            if what not in str(error):
                missed.append(f"found “{error}” where “{what}” was planted")
    page.close()
    return missed
