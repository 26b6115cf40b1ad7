"""The guide's own sentences, beside those of its data files; whom a page speaks to."""

from __future__ import annotations

from django.utils import translation
from django.utils.translation import gettext as _

from waypost.levels_of_care.guide.answers import Answers, person_of
from waypost.levels_of_care.guide.question import GuideChoice
from waypost.levels_of_care.guide.rules_file import Guide
from waypost.levels_of_care.guide.sheet import signature_holds, the_digest
from waypost.levels_of_care.safety.voice import VoicePerson
from waypost.web.guide import form
from waypost.web.guide.sealed import SealProblem, State


def person(answers: Answers) -> VoicePerson:
    """Whom the answers are for, in the language of the page."""
    return person_of(answers, language())


def language() -> str:
    """The language of the page, "en" or "es"."""
    return translation.get_language() or "en"


def problem_words(guide: Guide, state: State) -> str:
    """What to say about the page that was sent, or nothing."""
    if state.problem is SealProblem.NOT_CHOSEN:
        return _("Please choose an answer. “None of these” and “I do not know” are answers too.")
    if state.problem is SealProblem.AGAINST_EACH_OTHER:
        return both_ticked(form.ticked_against(guide, state), person(state.answers))
    if state.problem is SealProblem.NOT_READ:
        return _("That form could not be read. Please start again; nothing was kept.")
    return ""


def both_ticked(pairs: list[tuple[GuideChoice, GuideChoice]], who: VoicePerson) -> str:
    """What to say where a choice and one like "none of these" were ticked together."""
    sentence = _("You ticked both “%(one)s” and “%(other)s”. Untick one.")
    return " ".join(
        sentence % {"one": choice.words.said(who), "other": none_choice.words.said(who)}
        for choice, none_choice in pairs
    )


def near_heading(kinds: frozenset[str]) -> str:
    """What is looked for near an exit."""
    if "hospital" in kinds:
        return _("Emergency rooms near you")
    if "opioid" in kinds:
        return _("Opioid treatment near you")
    return _("Withdrawal care near you, in hospitals and programs")


def signature_words(guide: Guide) -> str:
    """Whether a clinician has signed the table, and whether it is still what was signed."""
    review = guide.review
    if not review.signed:
        return _("No clinician has signed this table yet.")
    signer = {"name": review.clinician, "license": review.license, "date": review.date}
    if signature_holds(guide, the_digest()):
        return _("Signed by %(name)s, %(license)s, on %(date)s.") % signer
    return (
        _("An earlier version was signed by %(name)s, %(license)s, on %(date)s; it changed since.")
        % signer
    )
