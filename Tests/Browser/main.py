"""check: every kind of page of the site in a browser. pictures FOLDER: one picture of each kind."""

import argparse
import os
import re
import signal
import sys
import time

from playwright.sync_api import Error, sync_playwright

import checks
import journey
from crawl import LANGUAGES, Crawl, in_language, pattern
from site_under_test import Site

PICTURE_WIDTHS = (1280, 360)
PICTURE_HEIGHT = 5000               # longer pages are cut
IN_ALL_LANGUAGES = ("/:language", "/:language/coverage")


def open_browser(driver):
    options = ["--disable-dev-shm-usage"]
    if os.geteuid() == 0:           # Chromium's sandbox does not work for root; it opens our own pages only
        options.append("--no-sandbox")
    return driver.chromium.launch(executable_path=os.environ["BROWSER_PROGRAM"], args=options)


def examine(page, traffic, address, language, first):
    """The faults of one page, as sentences."""
    traffic.start()
    response = page.goto(address, wait_until="load", timeout=60_000)
    if response is None or response.status != 200:
        return [f"answers {response.status if response else 'nothing'}"]
    return (checks.markup(page, language) + traffic.faults(first) + checks.accessibility(page)
            + checks.overflow(page) + checks.keyboard(page) + [f"console: {e}" for e in traffic.errors[5:8]])


def wanted(crawl, only):
    """(path, language) of each page to open."""
    for path in crawl.pages:
        if only and only not in path:
            continue
        languages = LANGUAGES if pattern(path) in IN_ALL_LANGUAGES else ["en", "ar"]
        for language in sorted(languages, key=lambda code: code != "en"):
            yield in_language(path, language), language


def travel(browser, base, folder):
    """The way of a nominated focal point, unless the site under test is somebody else's."""
    if folder is None:
        return []
    try:
        faults, steps = journey.run(browser, base, folder)
        print(f"summary: from the invitation to the first question in {steps} steps, in Arabic, by keyboard alone")
        return faults
    except (Error, AssertionError, StopIteration) as error:
        return [str(error).splitlines()[0] if str(error) else type(error).__name__]


def check(base, only, folder):
    began = time.monotonic()
    crawl = Crawl(base)
    print(f"browser: {crawl.fetched} addresses fetched, {crawl.not_fetched} more of the same kinds; "
          f"{len(crawl.pages)} pages to open")
    passed = failed = 0
    with sync_playwright() as driver:
        browser = open_browser(driver)
        page = browser.new_page(viewport=checks.WIDE)
        traffic = checks.Traffic(page, base)
        for path, language in wanted(crawl, only):
            try:
                faults = examine(page, traffic, base + path, language, path == "/en")
            except Error as error:
                faults = [f"the browser says: {error.message.splitlines()[0]}"]
            print(f"{'FAILED' if faults else 'passed'} {path}", flush=True)
            for fault in faults:
                print(f"       {fault}")
            passed, failed = passed + (not faults), failed + bool(faults)
        faults = [] if only else travel(browser, base, folder)
        print(f"{'FAILED' if faults else 'passed'} journey of a focal point")
        for fault in faults:
            print(f"       {fault}")
        passed, failed = passed + (not faults), failed + bool(faults)
        browser.close()
    print(f"{'FAILED' if crawl.faults else 'passed'} links")
    for fault in crawl.faults[:40]:
        print(f"       {fault}")
    if len(crawl.faults) > 40:
        print(f"       and {len(crawl.faults) - 40} more")
    passed, failed = passed + (not crawl.faults), failed + bool(crawl.faults)
    print(f"{passed} passed, {failed} failed in the browser, {time.monotonic() - began:.0f} s")
    return 0 if failed == 0 and passed > 1 else 1


def pictures(base, folder, only):
    os.makedirs(folder, exist_ok=True)
    crawl, taken = Crawl(base), set()
    with sync_playwright() as driver:
        browser = open_browser(driver)
        for path in crawl.pages:
            kind = pattern(path)
            if kind in taken or (only and only not in path):
                continue
            taken.add(kind)
            name = re.sub(r"[^a-z]+", "-", kind.replace("/:language", "", 1)).strip("-") or "home"
            for language in ("en", "ar"):
                for width in PICTURE_WIDTHS:
                    page = browser.new_page(viewport={"width": width, "height": 800})
                    page.goto(base + in_language(path, language), wait_until="load", timeout=60_000)
                    height = min(page.evaluate("document.documentElement.scrollHeight"), PICTURE_HEIGHT)
                    page.set_viewport_size({"width": width, "height": max(height, 400)})
                    file = os.path.join(folder, f"{name}-{language}-{width}.png")
                    page.screenshot(path=file)
                    page.close()
                    print(file)
        browser.close()
    return 0 if taken else 1


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("action", choices=["check", "pictures"])
    parser.add_argument("folder", nargs="?")
    parser.add_argument("--base")
    parser.add_argument("--only")
    options = parser.parse_args()
    # So that an ended run still ends the server and removes its folder.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    site = Site(options.base)
    with site as base:
        if options.action == "pictures":
            return pictures(base, options.folder, options.only)
        return check(base, options.only, site.folder)


if __name__ == "__main__":
    sys.exit(main())
