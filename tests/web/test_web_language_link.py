"""The link to the other language keeps what was typed, on every page of the journey."""

from __future__ import annotations

import html
import re

import pytest

from forms import Following

pytestmark = pytest.mark.usefixtures("data_dir")

PAGES = (
    "/?near=Austin",
    "/find?near=Austin,+TX&payment=medicaid&language=spanish&within=50",
    "/find?near=zzzqq&payment=medicaid",
    "/find?near=Springfield",
    "/site/{a}?near=78701&keep={a}",
    "/shortlist?keep={a}&keep={b}",
    "/compare?site={a}&site={b}",
    "/site/{a}/report",
    "/site/{a}/report?sent=yes",
    "/coverage?care=php",
    "/coverage?site={a}",
    "/text-support",
    "/guide",
    "/near-or-away",
    "/week?days=mon",
    "/articles?q=narcan",
)


def _typed(page: str) -> list[str]:
    """What stands in the fields of the page's forms."""
    main = page.split("<main")[1].split("</main>", maxsplit=1)[0]
    fields = re.findall(r"<input[^>]*>", main)
    texts = [f for f in fields if not re.search(r'type="(?:hidden|radio|checkbox|submit)"', f)]
    ticked = [f for f in fields if re.search(r"\bchecked\b", f)]
    values = [m[1] for f in texts + ticked if (m := re.search(r'value="([^"]*)"', f))]
    return sorted(values + re.findall(r'<option value="([^"]*)" selected', main))


@pytest.mark.parametrize("address", PAGES)
def test_the_other_language_keeps_what_was_typed_and_leads_back(snapshot, address: str) -> None:
    client, (a, b) = Following(), snapshot.current_ids()[:2]
    english = client.get(address.format(a=a, b=b))
    assert english.status_code == 200
    first = english.content.decode()
    to_spanish = re.search(r'<a href="([^"]+)" lang="es"', first)
    assert to_spanish and html.unescape(to_spanish[1]) == "/es" + address.format(a=a, b=b)
    spanish = client.get(html.unescape(to_spanish[1])).content.decode()
    assert '<html lang="es"' in spanish
    assert _typed(spanish) == _typed(first)
    back = re.search(r'<a href="([^"]+)" lang="en"', spanish)
    assert back and html.unescape(back[1]) == address.format(a=a, b=b)


@pytest.mark.parametrize(
    "address", ["/", "/es/", "/find", "/find?near=Austin,+TX&payment=medicaid"]
)
def test_programs_that_speak_spanish_are_a_link_away_in_either_language(address: str) -> None:
    """It opens the Spanish filters with the language ticked, and loses nothing that was asked."""
    client = Following()
    page = client.get(address).content.decode()
    words = (
        "Programas que atienden en español" if address == "/es/" else "Programs that speak Spanish"
    )
    found = re.search(rf'<a href="([^"]+)" hreflang="es">{words}</a>', page)
    assert found
    link = html.unescape(found[1])
    assert link.startswith("/es/find?") and "language=spanish" in link
    spanish = client.get(link.partition("#")[0])
    text = spanish.content.decode()
    assert spanish.status_code == 200 and '<html lang="es"' in text
    if "near=" in address:
        assert "near=Austin" in link and "payment=medicaid" in link and link.endswith("#narrow")
        assert 'id="narrow"' in text
        assert re.search(r'name="language" value="spanish" checked', text)
        assert "Programas que atienden en español" not in text  # they are these
    else:
        assert '<input type="hidden" name="language" value="spanish">' in text
