"""Who asks to be left alone, in any reasonable words.

47 CFR 64.1200(a)(10): "stop", "quit", "end", "revoke", "opt out", "cancel" and "unsubscribe" are
enough by themselves, and so is whatever a reasonable person would understand. The same words stand
in cries for help ("make it stop", "I want to end it"), so beyond the bare words a text must speak
of texts, lists or being contacted. In doubt the answer is `UNSURE`: pause, and ask once.
"""

from __future__ import annotations

import re
from enum import StrEnum

from waypost.texting.readings.folding import folded, squeezed, words_of
from waypost.texting.readings.readings import canonical
from waypost.texting.readings.repair import digits_as_letters


class OptOut(StrEnum):
    """How much is to stop: everything, the series that wrote last, or it must be asked."""

    ALL = "all"
    SERIES = "series"
    UNSURE = "unsure"


_STOP = (
    r"(stop|stopall|stop all|quit|end|revoke|revoked|optout|opt out|opt me out|opting out|cancel|"
    r"unsubscribe|unsub|unsuscribe|unsubscribed|unsubscribe me|stopp|stpo|stahp|stawp|stap|stob|"
    r"stoop|sotp|tsop|stp|dtop|stip|"
    r"alto|parar|pare|paren|para ya|baja|cancelar|cancele|cancelen|detener|deténgase|detengan|"
    r"discontinue|cease|desist|"
    r"detenga|terminar|salir|anular|arreter|darme de baja|dar de baja|no mas|ya no mas)"
)
_POLITE = (
    r"(please|pls|plz|thanks|thank you|thx|ty|now|already|all|everything|immediately|"
    r"right now|today|sorry|ok|okay|just|hey|hi|yes|no|lol|por favor|gracias|ya|ahora|todo|stop|"
    r"forever|asap|sir|maam|guys|dude|bro|man|fucking|damn|the hell)"
)
_TEXTS = (
    r"(text|texts|texting|txt|txts|txting|message|messages|messaging|mesages|msg|msgs|sms|sending|"
    r"contact|contacting|bothering|bother|spam|spamming|notifications|notification|reminders|"
    r"reminder|alerts|alert|writing|subscription|list|database|calling|calls|mensaje|mensajes|"
    r"textos|texto|contactar|notificaciones|lista|suscripcion|mandar|mandarme|enviar|enviarme|"
    r"escribirme|escribir|molestar|molestarme|molesten|escriban|manden|envien|updates|"
    r"stuff from you|communication|communications|communicating|communicate|correspondence|"
    r"outreach|"
    r"blowing up my phone|blowing me up|blowing my phone up)"
)
_SERIES = (
    r"(check ?ins?|check in|daily (tips|texts)?|tips|skills|series|program texts|weekly|lessons|"
    r"consejos|la serie|los consejos|preguntas|questions|quizzes)"
)
_GAP = r"(\w+ ){0,6}"

_ALL = [
    rf"({_POLITE} )*{_STOP}( {_POLITE})*|(unsubscribe|unsub|opt) me( {_POLITE})*",
    rf"{_GAP}(stop|stahp|sotp|stpo|quit|end|cancel|cease|discontinue|halt|revoke|no more|enough|"
    rf"done with|sick of|"
    rf"tired of|turn off|end|unsubscribe (me )?from|get rid of|block) {_GAP}{_TEXTS}{{rest}}",
    rf"{_GAP}(dont|do not|never|quit|wont you|didnt ask|didnt sign up|no longer (want|"
    rf"wanna)|wanna stop|"
    rf"dont (wanna|want|need|like)|not want) {_GAP}{_TEXTS}{{rest}}",
    r"(please |just |pls )?take me (off|out){rest}|{gap}(remove|delete|drop|erase|strike) (me|"
    r"my (number|name|info|phone)|this number)"
    r"( off| from| out)?( of)?( your| the| this)?( list| system| database| this| "
    r"everything| here| number| service| texts| messages)*( please| now| thanks)*",
    r"{gap}(take|remove|get|delete|drop|scratch|pull|strip) (me|us|mine|my (\w+ )?(number|name|"
    r"info|"
    r"phone|cell)|this (number|phone))( off| out| from)( of| off)?{rest}|{gap}(want|wanna|need|"
    r"get) "
    r"(off|out)( of| off)? (this|your|ur|the) (\w+ )?(list|system|database|texts|thread|chain)|"
    r"{gap}be (removed|taken off|deleted|dropped|unsubscribed) from {gap}(list|system|database|"
    r"texts|"
    r"messages|this|service){rest}|{gap}(no longer|dont|not) (wish|want|wanna|desire|care|"
    r"need)( to)? "
    r"(receive|hear from|be contacted|be texted|be bothered|get (these|this|any|your)){rest}|"
    r"{gap}(turn|shut|switch) (these|this|it|them|texts|messages) off{rest}|block (me|my number|"
    r"this "
    r"number){rest}|(your|these|the|ur) {texts} are (not wanted|unwanted|unwelcome|"
    r"not welcome){rest}|"
    r"{gap}(isnt (who|him|her|the|\w+)|not (who|the person|him|her)|stolen|wrong (number|"
    r"person)|new "
    r"owner|dont know (who|you|this)) {gap}(stop|remove|delete|unsubscribe){rest}",
    r"{gap}(unsubscribe|opt out|opt me out|unsub|optout|unsubscribed|opting out|sign "
    r"me out|take me off){rest}",
    r"{gap}(lose|forget|delete|erase) (my|this) number{rest}|leave me (the (hell|fuck) "
    r"|tf |da fuck )?(alone|be)( please| now)?|"
    r"(just )?(go away|fuck off|f off|piss off|get lost|buzz off|screw you|shut up)( {polite})*",
    r"(im |i am )?(not|no longer) interested( anymore| any more| thanks| thank you| sorry)*|"
    r"(i )?(revoke|withdraw|take back) (my )?consent{rest}|(i )?(dont|no longer) consent{rest}",
    r"{gap}(dejen|deje|deja|dejar|paren|pare|para|no me|no quiero|ya no quiero|no mas|"
    r"basta de|quiten|"
    r"quitenme|quiteme|borrenme|borreme|saquenme|saqueme|eliminen|cancelen?|detengan?) "
    r"{gap}{texts}{rest}",
    r"{gap}(borre|borren|borra|quite|quiten|quita|elimine|eliminen|saquen|saque|saca) (mi|este) "
    r"(numero|telefono|nombre){rest}|(ya )?no (quiero|deseo|me interesa) (recibir|que me "
    r"(manden|escriban|texteen|contacten)){rest}|dame de baja{rest}",
    r"{gap}(darme de baja|denme de baja|deme de baja|dar de baja|quitenme|quiteme|saquenme|saqueme|"
    r"borrenme|borreme|borren mi numero|quite mi numero|quiten mi numero|cancelar (mi "
    r")?suscripcion){rest}|"
    r"dejen(me)? de (molestar|escribir|texte\w*|mandar\w*|enviar\w*){rest}|(no me|ya no me) "
    r"(escriban?|manden?|envien?|texteen|contacten|molesten|molestes|escribas|mandes){rest}|"
    r"(ya )?dejenme en paz|dejame en paz|no (me )?interesa( gracias)?|no molesten?",
]
_PART = [
    rf"{_GAP}(stop|end|quit|cancel|no more|pause|leave|drop|dont (want|wanna|need)|"
    rf"done with|without) "
    rf"{_GAP}{_SERIES}{{rest}}",
    rf"{_GAP}(paren|deje|dejen|cancelar|no quiero|ya no quiero|no mas) {_GAP}{_SERIES}{{rest}}",
]
_DOUBT = [
    r"(please |just |can you |can u |could you |will you |you need to )*stop (it|this|"
    r"that)( please| now| already)*",
    r"i (quit|cancel|stop)|(im|i am) (done|out|good now)( thanks| thank you)?|enough( "
    r"already)?|thats enough",
    r"no (thanks|thank you|thx|ty)|nah( thanks)?|no gracias|(too|so) many (texts|messages|msgs)|"
    r"{gap}(annoying|anoying|harassing|harassment|creepy|spam|scam|report you|lawyer|"
    r"sue you){rest}|"
    r"i (didnt|never) (ask for|sign up for|signed up for) (this|these|it)|demasiados "
    r"mensajes|muchos mensajes|"
    r"basta( ya)?|ya basta|ya no( gracias)?|(the )?end( of)?( this| it)? (now )?please|"
    r"(how|can|could|what) {gap}(stop|end|cancel|unsubscribe|opt out){gap}( this| "
    r"these| it)?( please)?|"
    r"(im|i am) (not|no longer) using this( number)?",
]
_NOT_TEXTS = re.compile(
    squeezed(
        r"(stop|quit|end|cancel|dejar|parar|dejar de|dont|cant|wanna|to) (\w+ "
        r"){0,2}(drinking|using|smoking|drugs|"
        r"living|hurting|crying|breathing|heroin|meth|alcohol|weed|vaping|pills|job|appointment|"
        r"appt|insurance|plan|class|group|meeting|tomar|beber|fumar|consumir|vivir|existing|pain|"
        r"from life|this world|me from this|thinking|eating|worrying|fighting|life|cita|sufrir)"
    )
)
_NOT_A_LIST = re.compile(
    squeezed(
        r"(?<!\S)(waitlist|wait list|waiting list|appointment|appt|schedule|calendar|bed list|"
        r"program|"
        r"suboxone|methadone|vivitrol|meds|medicine|house|apartment|jail|hit me|hurts? me|"
        r"insurance|plan|class|group|team|let (me|the \w+) take me|dont (even )?bother (talking|"
        r"trying|"
        r"calling|looking|coming|saving|sending|to \w+)|"
        r"(from|out of|off|off of) (life|living|existence|existing|this (world|life|earth)|"
        r"earth|it all))(?!\S)"
    )
)
_GO_ON = re.compile(
    r"(?<!\S)(if i dont|(dont|never|wont|please dont|no dejen de|no paren)( you)? (ever )?stop|"
    r"(dont|never) (ever )?(take me of|remove me|delete m[ey]|unsubscribe me|drop me)|"
    r"no (dejen?|paren?) de|no m[ei] (quiten|quite|boren|bore|saquen))(?!\S)"
)
_DONT_BOTHER = re.compile(r"(?<!\S)dont bother \w+")
_STILL_TEXTS = re.compile(squeezed(rf"(?<!\S){_TEXTS}(?!\S)"))
_SHOUTED = re.compile(
    r"\s*(?:STOP(?:ALL)?|UNSUBSCRIBE|OPT[ -]?OUT|CANCEL|ALTO|BAJA)(?:[\s.,!;:\-]|$)"
)
_SHOUTED_ON = re.compile(
    squeezed(
        r"(stop|cancel|alto|baja) (the|hurting|it|this|drinking|using|pain|by|at|crying|my|mi|de)\b"
    )
)


def _compiled(patterns: list[str]) -> re.Pattern[str]:
    filled = [
        pattern.replace("{gap}", _GAP)
        .replace("{rest}", r"( \w+){0,6}")
        .replace("{texts}", _TEXTS)
        .replace("{polite}", _POLITE)
        for pattern in patterns
    ]
    return re.compile(squeezed(f"(?:{'|'.join(filled)})"))


_ALL_PATTERN, _PART_PATTERN, _DOUBT_PATTERN = map(_compiled, (_ALL, _PART, _DOUBT))


def opting(text: str, language: str = "en") -> OptOut | None:
    """What a text asks to stop; None where it does not ask.

    Words of both languages are understood whatever ``language`` the person is answered in; it
    decides only what the bare word "no" may be followed by.
    """
    for words in _ways(text):
        asked = _asked(words)
        if asked:
            return asked
    if _SHOUTED.match(text) and not _SHOUTED_ON.match(canonical(words_of(folded(text)))):
        return OptOut.ALL  # "STOP i cant do this": automation ends, and the rest is read for danger
    return None


def _ways(text: str) -> tuple[str, ...]:
    base = folded(text)
    typed = (base, digits_as_letters(base, "i"), digits_as_letters(base, "l"))
    return tuple(dict.fromkeys(canonical(words_of(way)) for way in typed))


def _asked(words: str) -> OptOut | None:
    if _GO_ON.search(words):
        return None
    if _NOT_A_LIST.search(words) and not _STILL_TEXTS.search(_DONT_BOTHER.sub("", words)):
        return None
    if _PART_PATTERN.fullmatch(words):
        return OptOut.SERIES
    if _NOT_TEXTS.search(words) and not _STILL_TEXTS.search(words):
        return None
    if _ALL_PATTERN.fullmatch(words):
        return OptOut.ALL
    return OptOut.UNSURE if _DOUBT_PATTERN.fullmatch(words) else None
