"""A nominated focal point, in Arabic and with the keyboard alone: from the link in the letter to the first question.

Every press that opens another page or sends a form counts as a step; fewer than ten are allowed.
"""

import time

import checks
from keys import Keyboard
from readers import SECRET, code
from site_under_test import command

PASSPHRASE = "أربعة أباريق خضراء على الرف"
MOST_STEPS = 9


def invitation(folder, base, state="KEN", language="ar"):
    offices = [line.split("\t") for line in command(folder, "office", "list").splitlines()]
    office = next(o[0] for o in offices if o[1] == "focal_point" and o[2] == state)
    return command(folder, "user", "invite", "--office", office, "--role", "focal_point", "--name", "أمينة محمد",
                   "--email", "amina@example.org", "--language", language, "--address", base).strip()


def run(browser, base, folder, pictures=None):
    """The faults found on the way, as sentences, and the number of steps."""
    page = browser.new_page(viewport=checks.WIDE)
    keys = Keyboard(page)
    faults = []

    def look(name):
        faults.extend(f"{name}: {fault}" for fault in checks.markup(page, "ar") + checks.in_looks(page)[0])
        if pictures:
            for width in (1280, 360):
                page.set_viewport_size({"width": width, "height": 800})
                page.screenshot(path=f"{pictures}/journey-{name}-ar-{width}.png", full_page=True)
            page.set_viewport_size(checks.WIDE)

    page.goto(invitation(folder, base), wait_until="load")
    keys.steps += 1
    look("invitation")
    fields = page.locator("input[type=password]").count()
    for index in range(fields):
        name = page.locator("input[type=password]").nth(index).get_attribute("name")
        keys.write(f"input[name='{name}']", PASSPHRASE)
    keys.press("main button[type=submit]")
    look("begun")
    for _ in range(6):
        if page.locator("a[href$='/needs/new']").count():
            break
        target = "main form button[type=submit], main a.button"
        if not page.locator(target).count():
            break
        keys.press(target)
    look("home")
    keys.press("a[href$='/needs/new']")
    # The second factor is asked for before the form is filled in, not after.
    secret = proof(page, keys, look)
    if not secret:
        return [*faults, f"no key of a second factor is shown on {page.url}"], keys.steps
    look("first-question")
    if not page.locator("main form fieldset, main form input, main form textarea").count():
        faults.append(f"no question stands on {page.url}")
    if keys.steps > MOST_STEPS:
        faults.append(f"the first question was reached after {keys.steps} steps; {MOST_STEPS} are allowed")
    steps = keys.steps
    faults += answer(page, keys, look, secret)
    page.close()
    return faults, steps


def proof(page, keys, look):
    """Sets up the second factor; returns its secret, and leaves the page on which the form stands."""
    look("proof")
    secret = page.evaluate(SECRET)
    if not secret:
        return None
    keys.write("input[name=code]", code(secret))
    keys.press("main form button[type=submit]")
    look("recovery")
    keys.press("main a[href*='/needs/new']")
    return secret


TITLE = "تدريب أعضاء النيابة العامة"
MISSING = "لا توجد وحدة للتعاون الدولي في المقاطعات."


def answer(page, keys, look, secret):
    """States a need; the session is over meanwhile, nothing typed is lost, and a receipt comes back."""
    faults = []
    keys.reach("input[name=areas]")
    page.keyboard.press("Space")
    keys.write("input[name=title]", TITLE)
    keys.write("textarea[name=missing]", MISSING)
    keys.reach("input[name=urgency]")
    page.keyboard.press("Space")
    keys.write("input[name=authority]", "وزارة العدل")
    page.context.clear_cookies(name="wasl_session")
    keys.press("main form button[type=submit]")
    look("kept")
    keys.press("main a.button[href*='sign-in']")
    keys.write("input[name=email]", "amina@example.org")
    keys.write("input[name=passphrase]", PASSPHRASE)
    keys.press("main form button[type=submit]")
    # A code works once: the next one, which the clock's tolerance allows.
    keys.write("input[name=code]", code(secret, time.time() + 30))
    keys.press("main form button[type=submit]")
    look("back")
    typed = {
        "input[name=title]": TITLE, "textarea[name=missing]": MISSING, "input[name=authority]": "وزارة العدل",
    }
    for selector, text in typed.items():
        found = page.locator(selector).input_value() if page.locator(selector).count() else None
        if found != text:
            faults.append(f"typed text is lost on {page.url}: {selector} holds {found!r}")
    for selector in ("input[name=areas]:checked", "input[name=urgency]:checked"):
        if page.locator(selector).count() != 1:
            faults.append(f"a choice is lost on {page.url}: {selector}")
    if faults:
        return faults
    keys.press("main form button[type=submit]")
    look("check")
    keys.press("main form button[name=confirmed]")
    look("stated")
    if not page.locator("main a[href*='/receipts/']").count():
        return [f"no receipt comes back on {page.url}"]
    keys.press("main a[href*='/receipts/']")
    look("receipt")
    if not page.locator("main .notice-good").count():
        faults.append(f"the receipt is not said to be genuine on {page.url}")
    return faults
