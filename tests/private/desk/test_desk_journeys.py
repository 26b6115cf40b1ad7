"""People at the desk in a real browser: claims by each proof, refusal, a word, publish and back."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, Page, expect

from desk_running import MADE_UP, STRONG, Desk, accessible_at_both_widths, taken_role
from running import until
from waypost.accounts.proofs.domains import mail_domain
from waypost.directory.site import Site
from waypost.publishing.reader import Snapshot

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
PROGRAM = "Example Recovery Center"


@dataclass(frozen=True)
class People:
    """An editor of the operator and a representative of a program, each signed in."""

    desk: Desk
    editor: Page
    representative: Page

    def open(self, page: Page, path: str) -> None:
        page.goto(self.desk.address + path)


@pytest.fixture(scope="module")
def people(desk: Desk, browser: Browser) -> Iterator[People]:
    editor = desk.invite("editor@example.org", "--role", "editor")
    theirs = desk.invite("rep@example.org", "--role", "representative", "--organization", PROGRAM, "--program")  # fmt: skip
    pages = [taken_role(browser, desk, link, name) for link, name in ((editor, "Eva"), (theirs, "Rosa"))]  # fmt: skip
    yield People(desk, *pages)
    for page in pages:
        page.context.close()


@pytest.fixture(scope="module")
def sites(snapshot: Snapshot) -> list[Site]:
    """Listings with all that a proof may need."""
    found = []
    for _row, site in snapshot.walk():
        if site.phones and site.street and mail_domain(site.website):
            found.append(site)
        if len(found) == 5:
            break
    for number, site in enumerate(found):
        street = {site.street: f"{100 + number} Example Street", site.street2: "Suite 1"}
        MADE_UP.update(
            {text: other for text, other in street.items() if text}
            | {site.name: f"Example House {number}", site.id: f"site_example{number}"}
            | {phone.display: f"(512) 555-01{number:02}" for phone in site.phones}
            | {mail_domain(site.website): "house.example"}
        )
    return found


def asked(people: People, site: Site, proof: str, **typed: str) -> str:
    """The representative asks for a listing; the path of the claim."""
    page = people.representative
    people.open(page, "/listings/claim")
    page.get_by_label("Id of the listing").fill(site.id)
    page.get_by_role("button", name="Find it").click()
    page.get_by_label(proof).check()
    for name, text in typed.items():
        page.locator(f"#{name}").fill(text)
    page.get_by_role("button", name="Ask", exact=True).click()
    page.wait_for_url("**/listings/claims/*")
    return page.url.removeprefix(people.desk.address)


def typed_code(people: People, path: str, code: str) -> None:
    people.open(people.representative, path)
    people.representative.get_by_label("The code").fill(code)
    people.representative.get_by_role("button", name="Prove it").click()


def then_they_speak_for_it(people: People, site: Site) -> None:
    expect(people.representative.get_by_text("Proved: you speak for this listing")).to_be_visible()
    link = f'a[href="/listings/{site.id}"]'
    expect(people.representative.locator(link)).to_be_visible()


def test_a_listing_is_claimed_by_a_code_told_to_its_listed_number(
    people: People, sites: list[Site]
) -> None:
    # given a claim that waits
    path = asked(people, sites[0], "A code told to the listed telephone number")
    accessible_at_both_widths(people.representative)
    # when a person at the desk reads the code to whoever answers the listed number
    people.open(people.editor, "/?tab=proofs")
    accessible_at_both_widths(people.editor, "queue")
    people.editor.get_by_role("link", name=sites[0].name).first.click()
    people.editor.get_by_role("button", name="Show the code and what to say").click()
    expect(people.editor.get_by_role("link", name=sites[0].phones[0].display)).to_be_visible()
    code = people.editor.locator("b.code").inner_text().replace(", ", "")
    accessible_at_both_widths(people.editor, "call")
    # and the program's person first mistypes it
    typed_code(people, path, "12")
    expect(people.representative.get_by_text("This is not the code.")).to_be_visible()
    accessible_at_both_widths(people.representative, "code")
    typed_code(people, path, code)
    then_they_speak_for_it(people, sites[0])


def test_a_listing_is_claimed_by_the_carriers_call(people: People, sites: list[Site]) -> None:
    path = asked(people, sites[1], "A code told to the listed telephone number")
    people.open(people.editor, f"/proofs/{path.rpartition('/')[2]}")
    people.editor.get_by_role("button", name="Have the carrier call").click()
    expect(people.editor.get_by_text("reads out the code.")).to_be_visible()
    (call,) = people.desk.calls()
    assert call["to"] == sites[1].phones[0].e164
    typed_code(people, path, "".join(re.findall(r"\d(?:, \d){5}", call["words"])[0].split(", ")))
    then_they_speak_for_it(people, sites[1])
    accessible_at_both_widths(people.representative)


def test_a_listing_is_claimed_by_a_letter(people: People, sites: list[Site]) -> None:
    path = asked(people, sites[2], "A letter to the listed address")
    people.open(people.editor, f"/proofs/{path.rpartition('/')[2]}")
    people.editor.get_by_role("button", name="Make the letter").click()
    expect(people.editor.get_by_role("heading", level=1)).to_contain_text("Your listing")
    accessible_at_both_widths(people.editor, "letter")
    typed_code(people, path, people.editor.locator("p.code").inner_text())
    then_they_speak_for_it(people, sites[2])


def test_a_listing_is_claimed_by_an_email_at_its_domain(people: People, sites: list[Site]) -> None:
    path = asked(people, sites[3], "An e-mail at the listed website", local="office")
    mails = people.desk.mails()
    assert f"office@{mail_domain(sites[3].website)}" in mails
    typed_code(people, path, re.findall(r"^\d{6}$", mails, re.MULTILINE)[-1])
    then_they_speak_for_it(people, sites[3])
    accessible_at_both_widths(people.representative)


def test_a_claim_is_refused_with_a_reason_and_asked_again(
    people: People, sites: list[Site]
) -> None:
    for decision, button, word in (("no proof", "Refuse", "refused"), ("we met", "They may speak", "proved")):  # fmt: skip
        path = asked(people, sites[4], "A decision by the operator", note="We are the owners.")
        people.open(people.editor, f"/proofs/{path.rpartition('/')[2]}")
        expect(people.editor.get_by_text("We are the owners.")).to_be_visible()
        accessible_at_both_widths(people.editor)
        people.editor.get_by_label("Why").fill(decision)
        people.editor.get_by_role("button", name=button).click()
        people.editor.wait_for_url("**/?tab=proofs")
        people.open(people.representative, path)
        expect(people.representative.get_by_text(f"{word}: {decision}")).to_be_visible()
        accessible_at_both_widths(people.representative)


def ended(page: Page) -> bool:
    """Whether the publish has ended well, as the page says when it is loaded again."""
    page.reload()
    return page.get_by_text("went well.").is_visible()


def test_a_word_is_said_published_seen_and_taken_a_step_back(
    people: People, sites: list[Site]
) -> None:
    # given a program that says how it is paid, and what it has open
    rep, site = people.representative, sites[0]
    people.open(rep, f"/listings/{site.id}/word")
    rep.get_by_label("Plan 1").fill("Example Health PPO")
    rep.get_by_label("Payer 1").fill("Example Health")
    accessible_at_both_widths(rep, "word")
    rep.get_by_role("button", name="Save").click()
    expect(rep.get_by_text("Saved. It goes out")).to_be_visible()
    people.open(rep, f"/listings/{site.id}")
    rep.get_by_label("Places 1", exact=True).fill("2")
    accessible_at_both_widths(rep, "hours")
    rep.locator('button[name="field"][value="openings"]').click()
    expect(rep.get_by_text("Saved. It goes out")).to_be_visible()
    # when an editor looks at what would change and publishes it
    people.open(people.editor, "/publish")
    expect(people.editor.get_by_role("cell", name=re.compile("Example Health PPO"))).to_be_visible()
    accessible_at_both_widths(people.editor, "publish")
    before = people.editor.locator("main p").first.inner_text()
    people.editor.get_by_role("button", name="Publish claims").click()
    expect(people.editor.get_by_text("Started.")).to_be_visible()
    until(lambda: ended(people.editor), "the end of the publish")
    expect(people.editor.get_by_text("No claim has changed since.")).to_be_visible()
    people.open(people.editor, f"/sites/{site.id}")
    expect(people.editor.get_by_role("cell", name="Example Health PPO").first).to_be_visible()
    accessible_at_both_widths(people.editor, "listing")
    # then a step back shows what stood before
    people.open(people.editor, "/publish")
    people.editor.get_by_role("button", name="Use it again").first.click()
    expect(people.editor.get_by_text("That snapshot is in use again")).to_be_visible()
    assert people.editor.locator("main p").nth(1).inner_text() == before


def test_who_lost_a_device_signs_in_with_a_recovery_code(desk: Desk, browser: Browser) -> None:
    # given a person with a passkey, and the codes that they wrote down
    page = taken_role(browser, desk, desk.invite("head@example.org"), "Hana")
    page.goto(f"{desk.address}/account/2fa/recovery-codes/")
    codes = re.findall(r"\b[0-9a-f]{8}\b", page.locator("main").inner_text())
    if not codes:
        codes = page.locator("textarea").input_value().split()
    page.context.close()
    # when they sign in on another device
    other = browser.new_context().new_page()
    other.goto(f"{desk.address}/account/login/")
    other.get_by_label("E-mail address").fill("head@example.org")
    other.get_by_label("Password").fill(STRONG)
    other.get_by_role("button", name="Sign in", exact=True).click()
    other.locator("input[name=code]").fill(codes[0])
    other.locator("form:has(input[name=code]) button").first.click()
    # then the desk is open, and every device is listed
    expect(other.get_by_role("heading", level=1)).to_have_text("Queue")
    for path, picture in (("/people", "people"), ("/health", "health")):
        other.goto(desk.address + path)
        accessible_at_both_widths(other, picture)
    other.context.close()
