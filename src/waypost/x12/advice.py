"""What to do about a refusal: one piece of advice from the code, its loop and AAA04, that agrees
with itself.

AAA04 says whether the same question may be sent again; the code says what is wrong. Where both
together would say "correct it and ask again" and "do not ask again", the more careful one counts.
"""

from waypost.x12.answer import Rejection
from waypost.x12.fields import shown
from waypost.x12.reject_codes import CALL, Mender, RejectReason, reason

KEEP_WAITING = {
    "S": "Do not ask again: the question was passed on to another party",
    "Y": "Do not ask again: the payer keeps the question and will answer shortly",
    "W": "Wait 30 days, then ask again",
    "X": "Wait 10 days, then ask again",
}
LOOP = {
    "2000A": "the file as a whole",
    "2100A": "the payer",
    "2100B": "the program that asks",
    "2100C": "the subscriber",
    "2100D": "the dependent",
    "2110C": "the service asked about",
    "2110D": "the service asked about",
}


def refusal_words(rejection: Rejection) -> str:
    """ "AAA 72 in 2100C (the subscriber): The member ID is missing or wrong. Compare ..." """
    why = reason(rejection.code, rejection.loop)
    about = LOOP.get(rejection.loop)
    place = f" in {rejection.loop} ({about})" if about else ""
    return f"AAA {shown(rejection.code)}{place}: {why.words} {advice(rejection)}"


def advice(rejection: Rejection) -> str:
    """What to do next, in one sentence or two."""
    why = reason(rejection.code, rejection.loop)
    after = rejection.follow_up
    if after in KEEP_WAITING:
        return f"{KEEP_WAITING[after]}."
    if after == "N":
        return _not_again(why)
    if after == "P" and why.mender in (Mender.PAYER, Mender.OPERATOR):
        return "Send the same question once more."
    odd = f" The payer's follow-up code {shown(after)} is not known." if _is_odd(after) else ""
    if why.mender is Mender.NOBODY:
        return f"{CALL}: there is nothing here to correct.{odd}"
    if why.retry:
        return f"{why.mend}.{odd}"
    return f"{why.mend}, then ask again.{odd}"


def _not_again(why: RejectReason) -> str:
    """The payer takes no second question; what is wrong must be mended elsewhere."""
    if why.retry:
        return "Do not ask again right away; call the payer, or ask another day."
    if why.mender is Mender.NOBODY:
        return f"Do not ask again. {CALL}."
    if why.mend == CALL:
        return f"Do not send the same question again. {CALL}."
    return f"Do not send the same question again. {why.mend}; if that does not help, call."


def _is_odd(after: str) -> bool:
    return after not in ("", "C", "R", "P")
