"""A text as plain lower-case words: one form for all the ways of writing the same letters.

Unicode compatibility forms (NFKC: full-width letters), look-alike letters of other alphabets
(Unicode Technical Standard 39), marks and invisible characters are folded away; emoji that matter
become words; punctuation becomes a space; a run of the same letter becomes one ("kiiilll" is
"kil"). Patterns go through `squeezed` too, so both sides meet.
"""

from __future__ import annotations

import re
import unicodedata

from waypost.values.letters import without_accents

LONGEST = 2400
"""Characters that are read of one text; a longer one is cut, after its end was kept as well."""

_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\ufe00-\ufe0f\ufeff\ufff9-\ufffb\x00-\x08\x0e-\x1f\x7f\ud800-\udfff]"
)
_LOOK_ALIKE = str.maketrans(
    "аеорсухівкмнтгһԁӏјѕԛԝɡαοερικυντχωѵ" + "ıłøđð" + "ʟɪᴋᴅᴇ",
    "aeopcyxibkmhtrhdijsqwgaoepikuvtxwv" + "ilodd" + "likde",
)
_EMOJI = {
    "💊": "emojipill", "💉": "emojisyringe", "🔫": "emojigun", "🔪": "emojiknife",
    "🗡": "emojiknife", "🪒": "emojirazor", "🪢": "emojirope", "🩸": "emojiblood",
    "💀": "emojiskull", "☠": "emojiskull", "⚰": "emojicoffin", "🪦": "emojicoffin",
    "👋": "emojiwave", "🚆": "emojitrain", "🌉": "emojibridge", "🛑": "stop", "✋": "emojihand",
    "😵": "emojifaint", "🆘": "sos", "🚨": "emojialarm", "🎵": "emojimusic", "🎶": "emojimusic",
    "♪": "emojimusic", "♫": "emojimusic", "🎤": "emojimusic", "👼": "emojiangel",
    "✂": "emojiknife", "⛓": "emojirope", "🚂": "emojitrain", "🚄": "emojitrain", "🚇": "emojitrain",
    "🕊": "emojiangel", "😇": "emojiangel", "🪽": "emojiangel", "⚱": "emojicoffin", "🔚": "end",
    "🔵": "emojiblue", "🥶": "emojifaint", "🏢": "emojibuilding", "🏙": "emojibuilding",
    "🏬": "emojibuilding", "🛤": "emojitrain",
    "💔": "emojiheartbreak", "😴": "emojisleep", "💤": "emojisleep",
}  # fmt: skip
_APOSTROPHES = re.compile("['’‘`´ʼ]")
_OVERDOSE = re.compile(r"(?<![a-z0-9])[o0]+\.?d(?:['’ .-]*(ed|ing|in)|['’-](d)|)(?![a-z0-9])")
"""Read before apostrophes go and double letters close up, or "od'd" would be "odd"."""
_MASKED = re.compile(r"(?<=[a-z])[*#_.\-]+(?=[a-z])")
_NOT_WORD = re.compile(r"[^a-z0-9$@!+]+")
_EDGE_SYMBOL = re.compile(r"(?<![a-z0-9])[!+$@]+(?![a-z0-9])|!+(?![a-z0-9$@])")
_RUN = re.compile(r"([a-z])\1+")
_SPELLED = re.compile(r"(?<![a-z0-9])(?:[a-z] ){2,}[a-z](?![a-z0-9])")


def folded(text: str) -> str:
    """The text in lower case with letters, marks and emoji folded; punctuation still stands."""
    if len(text) > LONGEST:
        text = text[: LONGEST // 2] + " " + text[-LONGEST // 2 :]
    text = _INVISIBLE.sub("", unicodedata.normalize("NFKC", text))
    text = "".join(f" {_EMOJI[c]} " if c in _EMOJI else c for c in text).casefold()
    return without_accents(text.translate(_LOOK_ALIKE))


def squeezed(text: str) -> str:
    """Each run of one letter as one letter: "killl" and "kill" are both "kil"."""
    return _RUN.sub(r"\1", text)


def words_of(text: str) -> str:
    """Folded text as squeezed words with one space between; spelled-out words are joined."""
    text = _OVERDOSE.sub(_overdose, text)
    text = _APOSTROPHES.sub("", text)
    text = _EDGE_SYMBOL.sub(" ", _NOT_WORD.sub(" ", text))
    text = re.sub(r"\s+", " ", text).strip()
    return squeezed(_SPELLED.sub(lambda spelled: spelled.group().replace(" ", ""), text))


def _overdose(said: re.Match[str]) -> str:
    if said.group(1) in ("ing", "in"):
        return "overdosing"
    return "overdosed" if said.group(1) or said.group(2) else "overdose"


def unmasked(text: str) -> str:
    """Folded text without signs inside words: "su*cide" is "sucide", "k.i.l.l" is "kill"."""
    return _MASKED.sub("", text)
