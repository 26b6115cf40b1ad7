"""Compare, the call sheet, browsing and the page about the data."""

from __future__ import annotations

import re
from html import escape, unescape

import pytest
import segno
from django.test import Client

from waypost.directory.facets import COLUMNS
from waypost.navigation.need import Need
from waypost.publishing.reader import Snapshot
from waypost.web.find.keeping import Keeping, site_ids

pytestmark = pytest.mark.usefixtures("data_dir")


def text_of(path: str) -> str:
    """A page that is there."""
    response = Client().get(path)
    assert response.status_code == 200, path
    return " ".join(response.content.decode().split())  # however the template breaks its lines


def query(ids: list[str]) -> str:
    """The ids as the lists' pages take them."""
    return "&".join(f"site={i}" for i in ids)


@pytest.fixture
def ids(snapshot: Snapshot) -> list[str]:
    """Five programs."""
    return snapshot.ids_in_county("48453")[:5]


def table_rows(text: str, named: str) -> list[list[str]]:
    """The cells of each row of one of the comparison's tables."""
    part = text[text.index(f'aria-label="{named}"') :]
    rows = re.findall(
        r'<tr role="row"><th scope="row".*?</tr>', part[: part.index("</table>")], re.S
    )
    return [re.findall(r"</span>(.*?)</td>", row, re.S) for row in rows]


def test_at_most_four_are_compared_what_was_asked_first_and_the_rest_folded(ids: list[str]) -> None:
    text = text_of(f"/compare?near=78701&payment=medicaid&age=16&{query(ids)}")
    assert sum(f"/site/{i}?" in text for i in ids) == 4
    first = re.findall(r'<th scope="row" role="rowheader">([^<]+)<', text)[:4]
    assert first == ["How far", "Under 18", "Medicaid", "Spanish"]
    differing, same = table_rows(text, "What else differs"), table_rows(text, "What is the same")
    assert all(len(c) == 4 for c in [*differing, *same])
    assert all(len(set(c)) > 1 for c in differing) and all(len(set(c)) == 1 for c in same)
    assert differing and same and text.count('<details class="more">') == 2


def test_what_only_some_have_is_marked(ids: list[str]) -> None:
    text = text_of(f"/compare?{query(ids[:2])}")
    row = re.search(r">Level of care</th>(.*?)</tr>", text, re.S)
    assert row
    values = [
        re.findall(r"<li( class=\"apart\")?>([^<]+)", cell) for cell in row[1].split("</td>")[:2]
    ]
    names = [{name for _, name in cell} for cell in values]
    for cell in values:
        assert all(bool(mark) == (name not in names[0] & names[1]) for mark, name in cell)


def test_a_list_lives_in_the_address(ids: list[str]) -> None:
    text = text_of(f"/shortlist?{query(ids)}")
    assert all(f"/site/{i}?" in text for i in ids)
    assert text.count('class="blank"') == 2 * len(ids)
    assert "What to ask when you call" in text and "Spoke with" in text
    rest = re.findall(r'href="/shortlist\?([^"]+)"', text)
    assert rest[0].replace("&amp;", "&") == query(ids[1:])  # the first may be taken off


def test_a_list_has_one_name_in_all_places(ids: list[str]) -> None:
    kept = f"near=78701&keep={ids[0]}"
    for path in (
        f"/find?{kept}",
        f"/site/{ids[0]}?{kept}",
        f"/shortlist?near=78701&site={ids[0]}",
        "/privacy",
    ):
        text = text_of(path)
        assert "our list" in text
        for other in ("hortlist (", "all sheet", "Take off the sheet"):
            assert other not in text, (path, other)


def test_the_search_travels_with_the_list_and_leads_back(ids: list[str]) -> None:
    asked = "near=78701&age=16&payment=medicaid"
    results = text_of(f"/find?{asked}&keep={ids[0]}")
    program = re.search(r'href="(/site/site_\w+\?[^"]+)"', results)
    assert program
    page = text_of(unescape(program[1]))
    assert re.search(r"<b class=\"far\">[\d.]+ miles from 78701", page)
    written = asked.replace("&", "&amp;")
    assert f'href="/find?{written}&amp;keep={ids[0]}"' in page  # back to the results as they were
    keep = re.search(r'href="(\?[^"]+)" rel="nofollow">', page)
    assert keep
    both = text_of(unescape(program[1].split("?")[0] + keep[1]))
    listed = re.search(r'href="(/shortlist\?[^"]+)">Your list \(2\)', both)
    assert listed
    sheet = text_of(unescape(listed[1]))
    needs = re.search(r'<p class="needs">(.*?)</p>', sheet)
    assert needs and all(
        word in needs[1] for word in ("16 years old", "Medicaid", "within 25 miles", "78701")
    )
    assert f'href="/find?{written}&amp;keep={ids[0]}&amp;keep=' in sheet
    assert sheet.index("Is there an evening group?") < sheet.index("is there a place now")


def test_the_sheet_has_its_address_as_a_code_and_leaves_by_neutral_names(
    ids: list[str], settings
) -> None:
    settings.WAYPOST_BASE_URL = "https://waypost.example.org"
    text = text_of(f"/shortlist?near=78701&{query(ids[:3])}")
    address = f"https://waypost.example.org/shortlist?near=78701&{query(ids[:3])}"
    assert (
        segno.make_qr(address, error="l").svg_inline(
            scale=2, border=2, omitsize=True, svgclass="qr", lineclass=None
        )
        in text
    )
    assert f'data-copy="{escape(address)}"' in text and 'href="sms:?&amp;body=https%3A' in text
    mail = re.search(r'href="mailto:\?subject=([^&"]+)', text)
    assert mail and mail[1] == "A%20list"  # says nothing of treatment


def test_a_keep_link_keeps_and_lets_go(ids: list[str]) -> None:
    search, full = "near=78701", [f"site_{n:04}" for n in range(20)]
    assert Keeping(search, []).toggled_escaped(ids[0]) == f"near=78701&amp;keep={ids[0]}"
    assert Keeping(search, [ids[0]]).toggled_escaped(ids[0]) == "near=78701"
    more = Keeping("", full).toggled_escaped("site_zzzz").split("&amp;")
    assert more == [f"keep={k}" for k in [*full, "site_zzzz"][-20:]]
    assert site_ids(["x", ids[0], ids[0]]) == [ids[0]]
    text = text_of(f"/find?near=78701&keep={ids[0]}&payment=medicaid")
    assert f'name="keep" value="{ids[0]}"' in text


def test_browsing_counts_add_up(snapshot: Snapshot) -> None:
    states = re.findall(
        r'/browse/(\w\w)">.*?number">([\d,]+)<.*?number">([\d,]+)<', text_of("/browse")
    )
    assert sum(int(s.replace(",", "")) for _, _, s in states) == len(snapshot.current_ids())
    iops = {code: int(n.replace(",", "")) for code, n, _ in states}
    counties = re.findall(r'/browse/ri/(\d+)">.*?number">([\d,]+)<', text_of("/browse/ri"))
    assert sum(int(n.replace(",", "")) for _, n in counties) == iops["ri"]
    for fips, n in counties:
        text = text_of(f"/browse/ri/{fips}").split("Other treatment sites")[0]
        assert len(set(re.findall(r"/site/(site_\w+)", text))) == int(n)


def test_every_site_of_the_largest_county_is_listed(snapshot: Snapshot) -> None:
    counts = snapshot.counts_by_county("CA")
    fips = max(counts, key=lambda f: counts[f].sites)
    assert counts[fips].sites > 200
    found = re.findall(r"/site/(site_\w+)", text_of(f"/browse/ca/{fips}"))
    assert len(set(found)) == counts[fips].sites


def test_about_the_data_names_sources_their_age_and_the_report(snapshot: Snapshot) -> None:
    text = text_of("/about-the-data")
    for source in snapshot.manifest.sources:
        assert source.title in text
    assert len(re.findall(r"age \d+ months?", text)) == len(snapshot.manifest.sources)
    assert "How programs are ranked" in text and "No program can pay" in text
    for name, value in snapshot.manifest.quality_rows():
        assert name in text and value in text


def test_help_now_has_every_line() -> None:
    for path in ("/help-now", "/es/help-now"):
        text = text_of(path)
        for link in ("tel:911", "tel:988", "sms:988", "tel:18006624357", "sms:435748", "sms:838255",
                     "tel:18002221222", "https://988lifeline.org/", "veteranscrisisline.net/chat"):  # fmt: skip
            assert link in text, (path, link)


def test_home_asks_where_who_and_how_it_is_paid_and_nothing_else() -> None:
    form = text_of("/").split("<form")[1].split("</form>")[0]
    names = re.findall(r'<(?:input|select)[^>]* name="(\w+)"', form)
    assert names == ["near", "age", "gender", "payment"]
    assert Need(place="78701").radius_miles == 25  # how far is asked beside the results
    for value in re.findall(r'<option value="([\w-]+)"', form.split('name="payment"')[1]):
        assert f"payment:{value}" in COLUMNS["payment"]
    empty = Client().get("/find", {"near": "78701", "age": "", "gender": "", "payment": ""})
    assert "12 intensive outpatient programs" in empty.content.decode()


def test_a_kept_card_leads_to_the_list(client: Client, snapshot: Snapshot) -> None:
    for prefix, words in (("", "Your list (1)"), ("/es", "Su lista (1)")):
        bare = client.get(f"{prefix}/find?near=78701").content.decode()
        assert words not in bare
        kept = re.findall(r'keep=(site_[0-9a-z]+)#option-1"', bare)[0]
        page = client.get(f"{prefix}/find?near=78701&keep={kept}").content.decode()
        assert f'href="{prefix}/shortlist?near=78701&amp;site={kept}">{words}</a>' in page
        other = re.findall(r'keep=(site_[0-9a-z]+)#option-2"', page)[0]
        page = client.get(f"{prefix}/find?near=78701&keep={kept}&keep={other}").content.decode()
        assert page.count(words.replace("1", "2")) == 3  # both cards, filled in anew, and the bar
        assert f"site={kept}&amp;site={other}" in page


def test_a_page_after_the_last_says_so(client: Client) -> None:
    page = client.get("/find?near=78701&page=9999").content.decode()
    assert "There is no page 9999; the last is page 1." in page
    assert "No program in the directory fits" not in page
    link = re.findall(r'href="(\?near=[^"]*)">Go to page 1<', page)[0].replace("&amp;", "&")
    assert "page=" not in link and 'id="option-1"' in client.get(f"/find{link}").content.decode()
    page = client.get("/es/find?near=78701&page=9999").content.decode()
    assert "No existe la página 9999; la última es la página 1." in page


def test_the_filters_have_a_skip_link(client: Client) -> None:
    page = client.get("/find?near=78701").content.decode()
    assert page.index('class="skip" href="#main"') < page.index('class="skip" href="#narrow"')
    assert 'id="narrow" tabindex="-1"' in page
    assert "Skip to the filters" not in client.get("/").content.decode()


def test_in_a_state_distances_are_told_from_its_middle() -> None:
    assert re.search(r"<b>[\d.]+ miles from its middle</b>", text_of("/find?near=Texas"))
    assert re.search(r"<b>a [\d.]+ millas de su centro</b>", text_of("/es/find?near=Texas"))
    assert "from its middle" not in text_of("/find?near=78701")
