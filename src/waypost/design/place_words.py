"""What is said of a place that is not one: the question, or why it cannot be searched."""

from __future__ import annotations

from django.utils.translation import gettext as _

from waypost.places.place import Ambiguous, Place, PlaceKind, Resolution, Unknown, Why


def _questions() -> dict[Why, str]:
    """Which of several places is meant."""
    return {
        Why.NAMESAKES: _("Several places are called “%(text)s”. Which one do you mean?"),
        Why.REGION: _(
            "“%(text)s” is a region. Which of its places is nearest to where you would go?"
        ),
        Why.INSIDE: _(
            "“%(text)s” is part of a larger place, or has no town of its own. Search from one of "
            "these?"
        ),
        Why.SEVERAL: _(
            "“%(text)s” names several places, and a search starts from one. Which one is nearest "
            "to where you would go?"
        ),
        Why.AREA_CODE: _(
            "A ZIP has five digits. “%(text)s” looks like an area code, or the beginning of a ZIP. "
            "Search from one of these?"
        ),
        Why.DIFFER: _(
            "The ZIP and the state in “%(text)s” do not go together. Which one is right?"
        ),
        Why.SPELLING: _("We are not sure how “%(text)s” is meant. Which of these is it?"),
    }


def _problems() -> dict[Why, str]:
    """Why no place can be searched."""
    return {
        Why.DIGITS: _("“%(text)s” is not a ZIP: a ZIP has five digits."),
        Why.UNKNOWN_ZIP: _("We do not know the ZIP “%(text)s”."),
        Why.MILITARY: _(
            "“%(text)s” is a military address outside the country, and this directory holds "
            "programs in the United States only. These two can help from where you are. To search "
            "at home, type the place that you would go to."
        ),
        Why.ABROAD: _(
            "“%(text)s” is outside the country: this directory holds programs in the United States "
            "only. Type the place there that you would go to."
        ),
        Why.HERE: _(
            "We cannot see where you are unless you let your browser tell us: press “Use my "
            "location”, or type your ZIP or your city."
        ),
        Why.ONLINE: _(
            "A program by video may treat you only where it is licensed: type your state or your "
            "ZIP, then choose “Telehealth”."
        ),
        Why.COUNTRY: _("The whole country is too large to search: type a ZIP or a city."),
    }


def place_problem(resolution: Resolution | None) -> str:
    """What to say where the place is missing, or means several places, or none."""
    if resolution is None:
        return _("Where should we look? Type a ZIP, a city, a county or a state.")
    if isinstance(resolution, Ambiguous):
        return _questions()[resolution.why] % {"text": resolution.text}
    if isinstance(resolution, Unknown):
        return _unknown(resolution)
    return ""


def _unknown(resolution: Unknown) -> str:
    named = {"text": resolution.text}
    if resolution.why is Why.ABROAD and resolution.guesses:
        return (
            _(
                "The “%(text)s” that most people mean is outside the country: this directory holds "
                "programs in the United States only. Did you mean one of these?"
            )
            % named
        )
    problem = _problems().get(resolution.why)
    if problem:
        sentence = problem % named
        return (
            " ".join((sentence, _("Did you mean one of these?")))
            if resolution.guesses
            else sentence
        )
    if resolution.guesses:
        return _("We know no place called “%(text)s”. Did you mean one of these?") % named
    return _(
        "We know no place called “%(text)s”. Try a five-digit ZIP, or a city with its state, "
        "such as Austin, TX."
    ) % {"text": resolution.text}


def choice_words(place: Place) -> str:
    """A place among others: a state says that all of it is meant."""
    if place.kind is PlaceKind.STATE:
        return _("%(state)s, the whole state") % {"state": place.label}
    return place.label


def ways_on(resolution: Resolution | None) -> list[tuple[str, str]]:
    """Addresses and words of who helps where we cannot search.

    TRICARE covers the armed forces and their families abroad (tricare.mil/overseas); Military
    OneSource answers them day and night (militaryonesource.mil).
    """
    if not isinstance(resolution, Unknown) or resolution.why is not Why.MILITARY:
        return []
    return [
        (
            "https://www.militaryonesource.mil/",
            _("Military OneSource: free and private, day and night, 1-800-342-9647"),
        ),
        ("https://www.tricare.mil/", _("TRICARE: care and coverage for you overseas")),
        ("tel:988", _("In a crisis: Military Crisis Line, 988, then press 1")),
    ]
