"""Ways to type a text otherwise: case, spacing, slips of the finger, digits, disguises."""

from __future__ import annotations

_LEET = {"a": "4", "e": "3", "i": "1", "o": "0", "s": "5"}
_ALIKE = str.maketrans("aeocpxy", "аеосрху")
_COMMON_SLIPS = {
    "kill": "kil", "myself": "myslef", "suicide": "sucide", "tonight": "tonite", "want": "wnat",
    "breathing": "breathng", "overdosing": "overdosign", "swallowed": "swalowed", "bottle": "botle",
    "pills": "pilss", "living": "livng", "goodbye": "goodbey", "bridge": "brigde", "unconscious":
    "unconcious", "matarme": "mtarme", "quiero": "quierro", "pastillas": "pastilas", "respira": "resipra",
    "without": "wihtout", "nothing": "nothign", "better": "beter", "everyone": "evryone", "suicidal": "suicial",
}  # fmt: skip


def _case(text, randomly):
    return "".join(c.upper() if randomly.random() < 0.5 else c.lower() for c in text)


def _slips(text, randomly):
    return " ".join(_COMMON_SLIPS.get(word.lower(), word) for word in text.split(" "))


def _run_together(text, randomly):
    words = text.split(" ")
    at = randomly.randrange(len(words))
    if "'" in "".join(words[at : at + 2]) or min(map(len, words[at : at + 2])) < 3:
        return text
    return " ".join([*words[:at], "".join(words[at : at + 2]), *words[at + 2 :]])


def _leet(text, randomly):
    return " ".join(
        word if any(c.isdigit() for c in word) else "".join(_LEET.get(c, c) for c in word)
        for word in text.split(" ")
    )


CHANGES = {
    "upper case": lambda text, randomly: text.upper(),
    "mixed case": _case,
    "wide spaces": lambda text, randomly: text.replace(" ", "    "),
    "line breaks": lambda text, randomly: text.replace(" ", "\n"),
    "no-break spaces": lambda text, randomly: text.replace(" ", "\u00a0"),
    "common slips": _slips,
    "run together": _run_together,
    "digits for letters": _leet,
    "look-alike letters": lambda text, randomly: text.translate(_ALIKE),
    "full-width letters": lambda text, randomly: "".join(
        chr(ord(c) + 0xFEE0) if "!" <= c <= "~" and c != "'" else c for c in text
    ),
    "invisible letters": lambda text, randomly: "\u200b".join(text),
    "full stops": lambda text, randomly: text.replace(" ", ". "),
    "trailing signs": lambda text, randomly: f"...{text}!!!???",
    "long vowels": lambda text, randomly: "".join(c * 3 if c in "aeou" else c for c in text),
    "an emoji after each word": lambda text, randomly: text.replace(" ", " 😭 "),
}
"""Each way, with its name: a text and a source of chance in, the text otherwise typed out."""
