"""Whom else an insurer names and what must be authorized, in the reader's language."""

from __future__ import annotations

from django.utils.translation import gettext as _

from waypost.web.coverage.live_names import service_name
from waypost.x12.authorization import Authorization, Ruling, Rulings
from waypost.x12.benefit import Benefit
from waypost.x12.benefit_words import without
from waypost.x12.fields import shown
from waypost.x12.parts import X12Organization
from waypost.x12.payer_texts import requires_authorization
from waypost.x12.referrals import As, Referral, ReferralAbout


def referral_lines(referrals: tuple[Referral, ...]) -> list[str]:
    """Whom to call about this care, and who else pays; nobody who is named for other services."""
    lines = [
        words % {"who": _who(referral)}
        for referral in referrals
        if (words := _referral(referral)) and referral.about is not ReferralAbout.OTHER
    ]
    return list(dict.fromkeys(lines))


def _referral(referral: Referral) -> str:
    if referral.over:
        return ""
    return {
        As.REPLACES: _(
            "A Medicare Advantage plan pays instead of Original Medicare: %(who)s. Give the "
            "program that plan’s card."
        ),
        As.PRIMARY: _("Another insurer pays first: %(who)s. The program must ask it too."),
        As.SECONDARY: _("Another insurer pays after this one: %(who)s."),
        As.TERTIARY: _("Another insurer pays third: %(who)s."),
        As.OTHER_INSURER: _(
            "There is other insurance too: %(who)s. Ask the insurer which of them pays first."
        ),
        As.CARVE_OUT: _("For mental health or substance use care the insurer says to ask %(who)s.")
        if referral.about is ReferralAbout.CARE
        else _("The insurer says to ask %(who)s."),
        As.MANAGES: _("Mental health or substance use care is run for the insurer by %(who)s."),
        As.REVIEWS: _("Care is authorized by %(who)s."),
        As.ONLY_PROVIDER: _("Care is covered at one provider alone: %(who)s."),
    }.get(referral.as_what, "")


def _who(referral: Referral) -> str:
    entity = referral.entity
    named = organization_words(entity) if entity is not None else ""
    return named or shown(referral.benefit.plan_name) or _("not named")


def organization_words(entity: X12Organization) -> str:
    """A name with the ways to reach it; nobody who is insured is named."""
    if entity.private:
        return _("another insured person")
    ways = [shown(value) for contact in entity.contacts for _code, value in contact.ways]
    return ", ".join(part for part in (shown(entity.name), *ways) if part)


def authorization_lines(rulings: Rulings, hide: tuple[str, ...]) -> list[tuple[str, list[str]]]:
    """What is said of authorization, each with the insurer's texts; a blank is never a no.

    "Not needed" holds for its own setting alone, and says so.
    """
    grouped: dict[str, list[str]] = {}
    for says in _authorizations():
        for ruling in rulings.of(says):
            quotes = ruling.texts or _messages(ruling.benefit)
            grouped.setdefault(_ruling_words(ruling), []).extend(quotes)
    said = [
        (words, [shown(without(text, hide)) for text in dict.fromkeys(texts)])
        for words, texts in grouped.items()
    ]
    return said or [
        (_("The insurer’s system does not say whether this care must be authorized first."), [])
    ]


def _ruling_words(ruling: Ruling) -> str:
    """What is said; a text is put under "required" only where the text itself requires it."""
    by_code_alone = ruling.texts and not any(map(requires_authorization, ruling.texts))
    if ruling.says is Authorization.REQUIRED and by_code_alone:
        return _(
            "A code of the insurer’s system says that this must be authorized before it begins. "
            "Its own words may limit that:"
        )
    return _authorizations()[ruling.says]


def _authorizations() -> dict[Authorization, str]:
    return {
        Authorization.REQUIRED: _(
            "The insurer’s system says that this must be authorized before it begins:"
        ),
        Authorization.UNKNOWN: _(
            "The insurer’s system does not know whether this must be authorized first:"
        ),
        Authorization.MENTIONED: _("The insurer’s own words on authorization:"),
        Authorization.NOT_FOR_SOME: _(
            "The insurer’s system says that no authorization is needed for this, which says "
            "nothing about other care:"
        ),
        Authorization.NOT_REQUIRED: _(
            "The insurer’s system says that intensive outpatient care needs no authorization. Ask "
            "to be sure."
        ),
    }


def _messages(benefit: Benefit | None) -> list[str]:
    """The setting that a line names, or the services it is about."""
    if benefit is None:
        return []
    return [*benefit.messages] or [service_name(code) for code in benefit.service_types]
