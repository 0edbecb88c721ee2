"""check: every kind of page of the site in a browser. pictures FOLDER: one picture of each kind."""

import argparse
import os
import re
import signal
import sys
import tempfile
import time
from collections import defaultdict

from playwright.sync_api import Error, sync_playwright

import checks
import journey
import planted
import seeking
import slow
from crawl import LANGUAGES, Crawl, in_language, pattern
from openings import Opening, open_all, open_browser
from readers import GUEST, HALFWAY, all_readers
from site_under_test import Site

PICTURE_WIDTHS = (1280, 360)
PICTURE_HEIGHT = 5000               # longer pages are cut
KEYS_IN = ("en", "ar")              # the keyboard is tried in these
# Pages to which no link leads: (reader, path, what it answers, whether its form is sent as it stands).
APART = [
    (GUEST, "/en/nothing-stands-here", 404, False), (GUEST, "/en/offices", 403, False),
    (GUEST, "/en/problems/web.not-found", 200, False), (GUEST, "/en/sign-in", 422, True),
    (HALFWAY, "/en/second-factor", 200, False), ("administrator", "/en/needs/new", 403, False),
    ("focal_point", "/en/needs/new", 422, True), ("administrator", "/en/offices/new", 422, True),
]


def wanted(crawl, sessions, unused, only):
    """The openings: the first page of each kind in every language, others like it in two and in fewer looks."""
    # First of all, since the link that nobody used is good for a quarter of an hour.
    for reader, path, status, refused in ([(GUEST, unused, 200, False)] if unused else []) + APART:
        for language in LANGUAGES if reader in sessions else ():
            yield Opening(reader, in_language(path, language), language, status, refused)
    for reader, path, first in crawl.pages:
        for language in LANGUAGES if first else KEYS_IN:
            yield Opening(reader, in_language(path, language), language, keys=language in KEYS_IN, brief=not first)


class Report:
    """Says what passed and failed, and counts."""

    def __init__(self):
        self.passed = self.failed = 0

    def say(self, name, faults, count=1):
        print(f"{'FAILED' if faults else 'passed'} {name}", flush=True)
        for fault in faults[:40]:
            print(f"       {fault}")
        if len(faults) > 40:
            print(f"       and {len(faults) - 40} more")
        self.passed, self.failed = self.passed + count * (not faults), self.failed + count * bool(faults)


def open_pages(base, sessions, openings, report):
    """Opens them all; a page's languages are reported together."""
    missing, faults, results = defaultdict(int), defaultdict(list), []
    def name(o):
        return o.reader, in_language(o.path, "en"), o.refused
    for opening in openings:
        missing[name(opening)] += 1
    whole = dict(missing)
    for result in open_all(base, sessions, openings):
        key = name(result.opening)
        results.append(result)
        missing[key] -= 1
        faults[key] += [f"{result.opening.language}: {fault}" for fault in result.faults]
        if not missing[key]:
            reader, path, refused = key
            as_whom = "" if reader == GUEST else f" as {reader}"
            report.say(f"{path}{as_whom}{', form refused' if refused else ''} in {whole[key]} languages",
                       faults[key], whole[key])
    return results


def summaries(results, axe):
    whole = [r for r in results if not r.opening.brief]
    kinds = {(r.opening.reader, in_language(r.opening.path, "en"), r.opening.refused) for r in whole}
    brief = {(r.opening.reader, in_language(r.opening.path, "en")) for r in results if r.opening.brief}
    yield (f"summary: axe-core {axe}: {sum(r.violations for r in results)} violations; {len(kinds)} kinds of pages of "
           f"{len({reader for reader, _, _ in kinds})} readers × {len(LANGUAGES)} languages × "
           f"{checks.NARROW['width']} and {checks.WIDE['width']} px × light and dark = "
           f"{sum(r.looks for r in whole)} combinations, and {sum(r.looks for r in results) - sum(r.looks for r in whole)} "
           f"of {len(brief)} more lists and records of the same kinds; rows after the eighth of a list once a language")
    first = [r.weight for r in results if r.weight and r.opening.path.count("/") == 1 and r.opening.reader == GUEST]
    if first:
        yield (f"summary: first view {max(w['wire'] for w in first)} bytes over the wire at most "
               f"({checks.FIRST_PAGE_BYTES} allowed), {max(w['styles'] for w in first)} request for style")
    script = max((r.weight["script"] for r in results if r.weight), default=0)
    yield f"summary: {script} bytes of script on a page at most ({checks.SCRIPT_BYTES} allowed), no other site asked"


def travel(browser, base, folder):
    """The way of a nominated focal point."""
    try:
        faults, steps = journey.run(browser, base, folder)
        print(f"summary: from the invitation to the first question in {steps} steps, in Arabic, by keyboard alone")
        return faults
    except (Error, AssertionError, StopIteration) as error:
        return [str(error).splitlines()[0] if str(error) else type(error).__name__]


def check(base, only, folder):
    began = time.monotonic()
    report = Report()
    with sync_playwright() as driver:
        browser = open_browser(driver)
        report.say("faults planted on a page are found", planted.run(browser))
        axe = checks.axe_version(browser.new_page())
        sessions, unused = all_readers(browser, base, folder)
        crawl = Crawl(base, {reader: state for reader, state in sessions.items() if reader != HALFWAY})
        openings = [o for o in wanted(crawl, sessions, unused, only) if not only or only in o.path]
        print(f"browser: {crawl.fetched} addresses fetched, {crawl.not_fetched} more of the same kinds; "
              f"{len(openings)} times a page in a language to open, {time.monotonic() - began:.0f} s so far")
        report.say("links", crawl.faults)
        results = open_pages(base, sessions, openings, report)
        for line in summaries(results, axe):
            print(line)
        print(f"browser: {time.monotonic() - began:.0f} s so far")
        if not only:
            with tempfile.TemporaryDirectory(prefix="wasl-records.") as records:
                ways, line = seeking.run(browser, base, records)
            for name, faults in ways:
                report.say(name, faults)
            print(line)
            forms = [("home", "", None), ("sign-in", "/sign-in", None)]
            if folder:
                forms.append(("a need's form", "/needs/new", sessions["focal_point"]))
            print(slow.run(browser, base, forms))
        if folder and not only:     # last: from then on somebody real has an account
            report.say("journey of a focal point", travel(browser, base, folder))
        browser.close()
    print(f"{report.passed} passed, {report.failed} failed in the browser, {time.monotonic() - began:.0f} s")
    return 0 if report.failed == 0 and report.passed > 1 else 1


def pictures(base, folder, only):
    os.makedirs(folder, exist_ok=True)
    crawl, taken = Crawl(base, {GUEST: None}), set()
    with sync_playwright() as driver:
        browser = open_browser(driver)
        for path in [found.path for found in crawl.pages]:
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
