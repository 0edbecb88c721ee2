"""Those who read the site: a guest, and invented people of the demonstration who come in by the links printed for
them. Must come before anyone who is not invented has an account."""

import base64
import hashlib
import hmac
import json
import struct
import time

from site_under_test import command

GUEST = "guest"
ROLES = ("focal_point", "officer", "administrator", "auditor", "provider")
HALFWAY = "officer before the second factor"
SECRET = "() => (document.body.innerText.match(/(?:[A-Z2-7]{4} ){7}[A-Z2-7]{4}/) || [''])[0]"


def code(secret, now=None):
    """The code of a second factor (RFC 6238), reckoned apart from the program under test."""
    key = base64.b32decode(secret.replace(" ", ""))
    digest = hmac.new(key, struct.pack(">Q", int(now or time.time()) // 30), hashlib.sha1).digest()
    offset = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[offset:offset + 4])[0] & 0x7FFFFFFF) % 1_000_000:06d}"


def sign_in(browser, base, person, halfway=False):
    """The state (cookies) of a session; with a second factor unless halfway."""
    context = browser.new_context()
    page = context.new_page()
    send = "main form button[type=submit]"
    page.goto(person["link"], wait_until="load")
    page.click(send)
    if not halfway:
        secret = None
        if not person["code"]:      # the role does not demand one, but what it may send does
            page.goto(f"{base}/en/account/second-factor", wait_until="load")
            secret = page.evaluate(SECRET)
        page.fill("input[name=code]", person["code"] or code(secret))
        page.click(f"form:has(input[name=code]) button[type=submit]")
        page.wait_for_load_state("load")
        if page.locator("main .fault").count():
            raise SystemExit(f"browser: {person['role']} cannot come in: {page.locator('main').inner_text()[:200]}")
    state = context.storage_state()
    context.close()
    return state


def all_readers(browser, base, folder):
    """{reader: state of its session}; None for the guest, and nobody else where the site is not our own. Beside it
    the path of a link to sign in that nobody used."""
    if folder is None:
        return {GUEST: None}, None
    people = json.loads(command(folder, "demo", "people", "--json", "--address", base))
    readers = {GUEST: None}
    for role in ROLES:
        person = next(p for p in people if p["role"] == role)
        readers[role] = sign_in(browser, base, person)
    second = [p for p in people if p["role"] == "officer"][1]
    readers[HALFWAY] = sign_in(browser, base, second, halfway=True)
    unused = next(p for p in people if p["role"] == "donor")["link"]
    return readers, unused[len(base):]
