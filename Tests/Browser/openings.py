"""Opens pages in several browsers at once, each page once in a language: there it is looked at in every width and in
light and dark, without being loaded again."""

import multiprocessing
import os
import queue
from typing import NamedTuple

import checks
from playwright.sync_api import Error, sync_playwright

PATIENCE = 300                      # seconds without any result after which a browser counts as stuck


class Opening(NamedTuple):
    """One page in one language. `path` is in that language; `status` what it must answer; `refused`: its form is sent
    as it stands, and the page that comes back is looked at; `keys`: the keyboard is tried; `brief`: it is looked at in two looks
    of the four."""
    reader: str
    path: str
    language: str
    status: int = 200
    refused: bool = False
    keys: bool = False
    brief: bool = False


class Result(NamedTuple):
    opening: Opening
    faults: list        # sentences
    looks: int          # in how many looks axe-core judged the page
    violations: int     # that it found, in all of them
    weight: dict        # bytes on the wire, as checks.Traffic counts them


def open_browser(driver):
    options = ["--disable-dev-shm-usage"]
    if os.geteuid() == 0:           # Chromium's sandbox does not work for root; it opens our own pages only
        options.append("--no-sandbox")
    return driver.chromium.launch(executable_path=os.environ["BROWSER_PROGRAM"], args=options)


def examine(page, traffic, base, opening):
    traffic.start()
    response = page.goto(base + opening.path, wait_until="load", timeout=60_000)
    if opening.refused:
        page.locator("main form[method=post]").first.evaluate("form => { form.noValidate = true }")
        traffic.start()
        with page.expect_navigation(wait_until="load", timeout=60_000) as sent:
            page.locator("main form[method=post] button[type=submit]").first.click()
        response = sent.value
    status = response.status if response else "nothing"
    if status != opening.status:
        return Result(opening, [f"answers {status}, not {opening.status}"], 0, 0, {})
    # A browser says itself that an answer was no success.
    found = checks.markup(page, opening.language) + traffic.faults(opening.path.count("/") == 1, opening.status)
    weight = traffic.weight
    if opening.keys:
        found += checks.keyboard(page)
    looks = checks.FEWER_LOOKS if opening.brief else checks.LOOKS
    seen, violations = checks.in_looks(page, looks)
    return Result(opening, found + seen + traffic.later(), len(looks), violations, weight)


def work(base, sessions, openings, results):
    """One browser: takes openings until there is none."""
    with sync_playwright() as driver:
        browser = open_browser(driver)
        pages = {}
        while (opening := openings.get()) is not None:
            if opening.reader not in pages:
                context = browser.new_context(viewport=checks.WIDE, storage_state=sessions[opening.reader])
                page = context.new_page()
                pages[opening.reader] = page, checks.Traffic(page, base)
            try:
                results.put(examine(*pages[opening.reader], base, opening))
            except Error as error:
                said = f"the browser says: {error.message.splitlines()[0]}"
                results.put(Result(opening, [said], 0, 0, {}))
        browser.close()


def open_all(base, sessions, wanted):
    """A Result for each opening, as they come."""
    ways = multiprocessing.get_context("spawn")
    openings, results = ways.Queue(), ways.Queue()
    for opening in wanted:
        openings.put(opening)
    workers = []
    for _ in range(max(1, min(os.cpu_count() or 1, 4, len(wanted)))):
        openings.put(None)
        worker = ways.Process(target=work, args=(base, sessions, openings, results), daemon=True)
        worker.start()
        workers.append(worker)
    waited, came = 0, 0
    while came < len(wanted):
        try:
            result = results.get(timeout=5)
        except queue.Empty:
            waited += 5
            if waited >= PATIENCE or not any(worker.is_alive() for worker in workers):
                raise SystemExit(f"browser: {len(wanted) - came} pages were never opened") from None
            continue
        waited, came = 0, came + 1
        yield result
    for worker in workers:
        worker.join(timeout=30)
