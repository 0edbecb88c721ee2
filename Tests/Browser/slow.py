"""A slow line (0.26 Mbit/s, 400 ms for each answer): how long until a page can be used. Printed, not judged."""

import checks

BITS_PER_SECOND, LATENCY = 260_000, 400     # latency in ms
# Usable: the first content is painted, and everything that the page needs has come.
TIMES = """() => {
  const paint = performance.getEntriesByName('first-contentful-paint')[0];
  const whole = performance.getEntriesByType('navigation')[0];
  return paint && whole.loadEventEnd ? Math.max(paint.startTime, whole.loadEventEnd) / 1000 : null;
}"""


def seconds(browser, address, state):
    """Until the page of the address is usable, with nothing kept from before; None if it never is."""
    context = browser.new_context(viewport=checks.NARROW, storage_state=state)
    page = context.new_page()
    line = context.new_cdp_session(page)
    line.send("Network.enable")
    line.send("Network.setCacheDisabled", {"cacheDisabled": True})
    line.send("Network.emulateNetworkConditions", {
        "offline": False, "latency": LATENCY,
        "downloadThroughput": BITS_PER_SECOND / 8, "uploadThroughput": BITS_PER_SECOND / 8,
    })
    page.goto(address, wait_until="load", timeout=120_000)
    page.wait_for_function(TIMES, timeout=30_000)
    found = page.evaluate(TIMES)
    context.close()
    return found


def run(browser, base, pages):
    """`pages` is (what it is, path after the language, state of the session or None). A line for the summary."""
    told = []
    for name, path, state in pages:
        times = [f"{language} {seconds(browser, f'{base}/{language}{path}', state):.1f} s" for language in ("en", "ar")]
        told.append(f"{name} {', '.join(times)}")
    return f"summary: usable at {BITS_PER_SECOND / 1e6:.2f} Mbit/s and {LATENCY} ms latency: {'; '.join(told)}"
