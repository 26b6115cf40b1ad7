"""One sentence for the whole question and its answer.

“2 intensive outpatient programs within 25 miles of El Paso, TX accept a 16-year-old; 1 takes
Medicaid.” Payment stands apart: what a program is listed to take decides for most people, and the
number before it says what else there is to call.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from waypost.design.asked import PAYMENT, either, others, person, together
from waypost.design.payment import INSURANCE
from waypost.design.words import number_text
from waypost.directory.facets import Join
from waypost.navigation.answer import Answer
from waypost.navigation.need import Need
from waypost.web.find.words import counted, where

MOST_OTHERS = 3


@dataclass(frozen=True, slots=True)
class QuestionSentence:
    """How many of what, and then where, for whom, with what and how it is paid."""

    count: str
    rest: str


def sentence(answer: Answer, *, located: bool = False) -> QuestionSentence:
    """The question and its answer; ``located`` is whether the place is the visitor's own."""
    # However they are paid; of payments, any one will do.
    base = answer.without.get(PAYMENT, answer.total)
    rest = where(answer, located=located)
    for words in (_accepting(answer.need, base), _offering(answer.need)):
        rest += f" {words}" if words else ""
    paid = _paid(answer.need, base, answer.total)
    return QuestionSentence(counted(answer, base), f"{rest}; {paid}" if paid else rest)


def _accepting(need: Need, total: int) -> str:
    whom = person(need)
    if not whom:
        return ""
    verb = ngettext("accepts %(person)s", "accept %(person)s", max(1, total))
    return verb % {"person": whom}


def _offering(need: Need) -> str:
    columns = others(need)
    if not columns:
        return ""
    shown, more = columns[:MOST_OTHERS], len(columns) - MOST_OTHERS
    any_will_do = all(need.joins(c.partition(":")[0]) is Join.ANY for c in columns)
    one_facet = len({c.partition(":")[0] for c in columns}) == 1
    names = either(shown) if any_will_do and one_facet else together(shown)
    if more > 0:
        names = _("%(names)s and %(n)s more") % {"names": names, "n": more}
    return _("with %(names)s") % {"names": names}


def _paid(need: Need, base: int, total: int) -> str:
    columns = [f"{PAYMENT}:{option}" for option in need.chosen.get(PAYMENT, ())]
    if not columns or not base:
        return ""
    takes = all(column in INSURANCE for column in columns)
    if not total:
        words = _("none is listed to take %(payment)s") if takes else _("none lists %(payment)s")
    elif takes:
        words = ngettext("%(n)s takes %(payment)s", "%(n)s take %(payment)s", total)
    else:
        words = ngettext("%(n)s lists %(payment)s", "%(n)s list %(payment)s", total)
    return words % {"n": number_text(total), "payment": either(columns)}
