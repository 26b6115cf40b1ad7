"""Keywords: what is one, what is none, and what follows it."""

import pytest

from texting.scenarios import crisis_scenarios
from waypost.texting.words.keywords import Keyword, KeywordAsked, keyword
from waypost.texting.words.times import time_named

ASKED = {
    "START": (Keyword.START, ""), "join": (Keyword.START, ""), "Join skills": (Keyword.START, "skills"),
    "EMPEZAR": (Keyword.START, ""), "unstop": (Keyword.START, ""), "YES": (Keyword.YES, ""),
    "y": (Keyword.YES, ""), "Sí": (Keyword.YES, ""), "SI.": (Keyword.YES, ""), "No": (Keyword.NO, ""),
    "HELP": (Keyword.HELP, ""), "help please": (Keyword.HELP, ""), "AYUDA": (Keyword.HELP, ""),
    "Info": (Keyword.HELP, ""), "TALK": (Keyword.TALK, ""), "hablar": (Keyword.TALK, ""),
    "Can I talk to someone?": (Keyword.TALK, ""), "are you a bot?": (Keyword.TALK, ""),
    "FIND 60614": (Keyword.FIND, "60614"), "find detox near Austin, TX": (Keyword.FIND, "detox near Austin, TX"),
    "buscar 78701": (Keyword.FIND, "78701"), "FIND": (Keyword.FIND, ""), "CRAVE": (Keyword.CRAVE, ""),
    "antojo": (Keyword.CRAVE, ""), "SLIP": (Keyword.SLIP, ""), "I relapsed": (Keyword.SLIP, ""),
    "recaída": (Keyword.SLIP, ""), "MORE": (Keyword.MORE, ""), "más": (Keyword.MORE, ""),
    "LESS": (Keyword.LESS, ""), "menos mensajes": (Keyword.LESS, ""), "PAUSE": (Keyword.PAUSE, "7"),
    "PAUSE 3": (Keyword.PAUSE, "3"), "pause for 2 weeks": (Keyword.PAUSE, "14"),
    "Pausa 5 días": (Keyword.PAUSE, "5"), "pause a week": (Keyword.PAUSE, "7"),
    "pause 500": (Keyword.PAUSE, "90"), "pause 0": (Keyword.PAUSE, "1"), "resume": (Keyword.RESUME, ""),
    "TIME 7PM": (Keyword.TIME, "19:00"), "time 7:30 pm": (Keyword.TIME, "19:30"),
    "TIME 19:00": (Keyword.TIME, "19:00"), "hora 8 de la noche": (Keyword.TIME, "20:00"),
    "TIME 9am": (Keyword.TIME, "09:00"), "time banana": (Keyword.TIME, ""), "TIME": (Keyword.TIME, ""),
    "ESPAÑOL": (Keyword.SPANISH, ""), "espanol": (Keyword.SPANISH, ""), "ENGLISH": (Keyword.ENGLISH, ""),
    "inglés": (Keyword.ENGLISH, ""), "LEAVE": (Keyword.LEAVE, ""), "LEAVE skills": (Keyword.LEAVE, "skills"),
    "CLEAR": (Keyword.CLEAR, ""), "988": (Keyword.LINES, ""), "delete me": (Keyword.ERASE, ""),
    "BORRAR mis datos": (Keyword.ERASE, ""), "wrong number": (Keyword.WRONG_NUMBER, ""),
    "please start": (Keyword.START, ""), "START please": (Keyword.START, ""), "hi, JOIN skills pls": (Keyword.START, "skills"),
    "TALK, thanks": (Keyword.TALK, ""), "PAUSE 3 please": (Keyword.PAUSE, "3"), "Pausa 5 por favor": (Keyword.PAUSE, "5"),
    "TIME 7PM thanks": (Keyword.TIME, "19:00"), "LEAVE skills please!": (Keyword.LEAVE, "skills"),
    "hlep": (Keyword.HELP, ""), "TALKK": (Keyword.TALK, ""), "mroe": (Keyword.MORE, ""), "lesss": (Keyword.LESS, ""),
    "puase": (Keyword.PAUSE, "7"), "STRAT": (Keyword.START, ""), "hbalar": (Keyword.TALK, ""), "estoy bien": (Keyword.NO, ""),
    "*MORE*": (Keyword.MORE, ""), "“LESS”": (Keyword.LESS, ""), "¡AYUDA!": (Keyword.HELP, ""), "CLEAR…": (Keyword.CLEAR, ""),
    "Who is this?": (Keyword.WRONG_NUMBER, ""), "número equivocado": (Keyword.WRONG_NUMBER, ""),
}  # fmt: skip


@pytest.mark.parametrize("text", ASKED)
def test_a_keyword_in_either_language(text):
    assert keyword(text) == KeywordAsked(*ASKED[text]) == keyword(text, "es")


@pytest.mark.parametrize(
    "text",
    ["leave me alone", "help me he is not breathing", "I need help finding detox", "more pain today",
     "start using again", "time to die", "pause my life", "talk is cheap and I am tired", "60614",
     "leave my husband", "yes I want to kill myself", "find me dead in the morning? no", "",
     "dejar de tomar", "988 he overdosed", "no estoy bien", "no estoy bien hoy", "carve", "brave", "please",
     "moving on", "deleet", "I am ok with dying"],
)  # fmt: skip
def test_a_sentence_is_no_keyword(text):
    asked = keyword(text)
    assert asked is None or asked.keyword is Keyword.FIND


def test_a_keyword_never_hides_a_danger_now():
    hidden = [
        s.text
        for s in crisis_scenarios()
        if s.tier == 0 and (asked := keyword(s.text)) and asked.keyword is not Keyword.FIND
    ]
    assert hidden == []


@pytest.mark.parametrize(
    ("words", "minute"),
    [("7pm", 1140), ("7", 1140), ("8", 480), ("12", 720), ("12am", 0), ("12 pm", 720), ("noon", 720),
     ("730pm", 1170), ("07:15", 435), ("19", 1140), ("25", None), ("7:75", None), ("13pm", None),
     ("8 de la manana", 480), ("lunchtime", None)],
)  # fmt: skip
def test_times_as_people_write_them(words, minute):
    assert time_named(words) == minute
