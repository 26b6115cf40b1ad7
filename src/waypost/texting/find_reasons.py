"""The one reason beside a program: of what was asked for, what matters most, in a few letters.

Discreet wording has no word for the care or for who somebody is. What a program does not say of
its hours is said as a question for the call, beside what it is known to offer.
"""

from __future__ import annotations

from waypost.directory.facets import columns_for
from waypost.navigation.answer import RankedSite, Standing
from waypost.navigation.need import TIME
from waypost.texting.find_question import the_find_words


def reason_of(
    option: RankedSite, years: int | None, named: bool, language: str, discreet: bool
) -> str:
    """The reason for one program, such as "Medicaid, evenings? ask".

    ``years`` is the age that was asked for; ``named`` is whether anything but a place was asked.
    """
    offered = _offered(option, years, named, language, discreet)
    hours = _hours_not_known(option, language)
    return ", ".join(part for part in (offered, hours) if part)


def _offered(
    option: RankedSite, years: int | None, named: bool, language: str, discreet: bool
) -> str:
    """What it is known to offer: the age first, for a program that refuses it is no help at all."""
    words = the_find_words()
    if years is not None:
        return words.phrases["age"].spoken(language).format(years=years)
    stands = {reason.column for reason in option.reasons if reason.standing is Standing.OFFERED}
    if not named:
        stands = set(words.usual) & columns_for(option.site.codes)
    for column, word in words.reasons.items():
        if column in stands:
            return word.spoken(language)
    if not named:
        return words.phrases["pay"].spoken(language)
    private = [word.spoken(language) for column, word in words.private.items() if column in stands]
    if discreet and private:
        return words.phrases["as_asked"].spoken(language)
    return private[0] if private else ""


def _hours_not_known(option: RankedSite, language: str) -> str:
    """The hours asked for that it does not say, or says are others; '' where one of them fits."""
    words = the_find_words()
    asked = {r.column: r.standing for r in option.reasons if r.column.startswith(f"{TIME}:")}
    if not asked or Standing.OFFERED in asked.values():
        return ""
    unknown = Standing.UNKNOWN in asked.values()
    what = next(word.spoken(language) for column, word in words.reasons.items() if column in asked)
    return words.phrases["ask" if unknown else "not"].spoken(language).format(what=what)
