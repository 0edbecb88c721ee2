"""Somebody who looks for a need and takes its records away, by keyboard alone: search, need, cell of the coverage
page, records, export. In English and in Arabic, with script and with JavaScript off."""

import csv
import os
import re
import urllib.request

import checks
import openpyxl
from keys import Keyboard

WORDS = {"en": "trafficking", "ar": "الاتجار"}
COUNT = "() => document.querySelectorAll('main table.records tbody tr').length"


def group_of(base, state):
    """The regional group on whose page the State stands."""
    for group in sorted(set(re.findall(r"/en/coverage/([a-z-]+)\?", read(f"{base}/en/coverage")))):
        if f'/en/states/{state}"' in read(f"{base}/en/coverage/{group}"):
            return group
    raise AssertionError(f"{state} is on no page of a regional group")


def read(address):
    with urllib.request.urlopen(address, timeout=60) as reply:
        return reply.read().decode("utf-8")


def named(page, kind):
    """The last part of the first link to a record of this kind on the page."""
    link = page.locator(f"main dl a[href*='/{kind}/']").first.get_attribute("href")
    return re.split(r"[/?]", link.split(f"/{kind}/")[1])[0]


def seek(page, base, language, folder):
    """The faults on the way, the keys pressed and the pages opened."""
    keys = Keyboard(page)
    found = []
    page.goto(f"{base}/{language}", wait_until="load")
    keys.write("#site-search", WORDS[language])
    keys.send()
    keys.press("main ol.results a[href*='/needs/']")
    need = page.url.rsplit("/", 1)[1]
    title = page.locator("h1").inner_text().strip()
    state, area = named(page, "states"), named(page, "areas")
    keys.press(".main-nav a[href$='/coverage']")
    keys.press(f"table.matrix td a[href*='/needs?'][href*='group={group_of(base, state)}&'][href*='area={area}&']")
    shown = page.evaluate(COUNT)
    if not page.locator(f"main table a[href*='/needs/{need}']").count():
        found.append(f"the cell's records do not hold the need {need} on {page.url}")
    for ending, rows in (("xlsx", rows_of_xlsx), ("csv", rows_of_csv)):
        path = os.path.join(folder, f"records-{language}.{ending}")
        keys.take(f".formats a[href*='.{ending}']", path)
        titles = rows(path, language)
        if len(titles) != shown or title not in titles:
            found.append(f"{ending}: {len(titles)} rows where the page shows {shown}, "
                         f"{'with' if title in titles else 'without'} the need sought")
    return found + checks.markup(page, language), keys


def rows_of_csv(path, _):
    with open(path, encoding="utf-8-sig", newline="") as file:
        return [row["title"] for row in csv.DictReader(file)]


def rows_of_xlsx(path, language):
    """The titles in the sheet of rows, which runs the way its language does."""
    book = openpyxl.load_workbook(path)
    about, sheet = book.worksheets
    if bool(sheet.sheet_view.rightToLeft) != (language == "ar"):
        raise AssertionError(f"the sheet in “{language}” runs the wrong way")
    titles = [row[0] for row in sheet.iter_rows(min_row=2, values_only=True)]
    if len(titles) not in [row[1] for row in about.iter_rows(min_row=1, max_col=2, values_only=True)]:
        raise AssertionError(f"the first sheet does not state the {len(titles)} rows of the second")
    return titles


def run(browser, base, folder):
    """(name, faults) of each way, and a line for the summary."""
    ways, pressed, opened = [], 0, 0
    for language in ("en", "ar"):
        for script in (True, False):
            context = browser.new_context(viewport=checks.WIDE, java_script_enabled=script)
            page = context.new_page()
            name = f"journey to the records of a coverage cell, {language}, script {'on' if script else 'off'}"
            try:
                found, keys = seek(page, base, language, folder)
                pressed, opened = pressed + keys.pressed, opened + keys.steps + 1
            except Exception as error:      # whatever stops somebody on the way is a fault of the way
                found = [f"{type(error).__name__}: {(str(error) or '?').splitlines()[0]} ({page.url})"]
            context.close()
            ways.append((name, found))
    return ways, (f"summary: search to need to coverage cell to records to CSV and XLSX by keyboard alone, en and ar, "
                  f"script on and off: {len(ways)} journeys, {opened} pages, {pressed} keys pressed")
