"""The marks of words only spare time: with every word marked, a text tells the same facts."""

from __future__ import annotations

import random

import pytest

from align.facts import extract, extract_counted
from align.facts import reader as reader_module
from align.facts.kinds import COUNTED
from align.facts.starts import DIGITS
from align.facts.tokens import Token, TokenForms
from align.types import Lang

TEXTS: dict[Lang, str] = {
    "kk": "Қыркүйектің 14-і Алматыда 35 мыңға жуық қазақ жиналды . қазақстандық −5 °C . "
    "Ресей Қытайға $1,5 млрд газ сатты бармады емес жоқ бас тартты шығынсыз кемінде екі есе өсті екі еселенді "
    "төмендеді тыйым салынды 90-шы жылдары XIX ғасырдың 30-жылдары кешкі сағат 8 жарымда тал "
    "түсте әр жетінші екінші тоқсанда бір жыл жарым мыңдаған былтыр "
    "өткен жұмада келесі айда MH17 ковид19 US$ 20 Ә.Сарбаев теңге доллар пайызға тоннаға ҰҚК-нің бесінші мамырда "
    "10⁶ ½ минус +7 701 234 56 78 көз жұмды қамауға алынды аман қалды үштен бірі l'өсті жетіде он екіде",
    "en": "On September 14 some 35 thousand Kazakhs met in Almaty . −5 °C . Russia sold gas for $1.5bn didn't not "
    "never refused to without no longer nobody at least doubled rose fell banned the 1990s half past seven a "
    "quarter of every seventh in the second quarter a year and a half thousands of last year this month on Sunday MH17 "
    "US$ 20 tenge dollars percent tonnes 66-year-old twice minus one in ten World War II noon 7 p.m. seven pm o'clock "
    "the nineties 5th of March 2024 two-thirds several hundred fivefold both at night XXI",
}


_ALL = 1023 & ~DIGITS


class _Every(TokenForms):
    def word(self, text: str, low: str) -> Token:
        return Token(text, low, "word", _ALL)

    def other(self, text: str, low: str, kind: str) -> Token:
        return Token(text, low, kind, DIGITS if kind == "number" else _ALL)


@pytest.mark.parametrize("lang", ["kk", "en"])
def test_a_word_without_a_mark_begins_nothing(lang: Lang, monkeypatch: pytest.MonkeyPatch) -> None:
    words, draw = TEXTS[lang].split(), random.Random(5)
    texts = [TEXTS[lang]]
    for _ in range(400):
        start, size = draw.randrange(len(words)), draw.randrange(1, 8)
        texts.append(" ".join([*words[start : start + size], draw.choice(words)]))
    marked = [extract(text, lang) for text in texts]
    monkeypatch.setattr(reader_module, "marked_forms", lambda *_: _Every())
    assert marked == [extract(text, lang) for text in texts]


@pytest.mark.parametrize("lang", ["kk", "en"])
def test_amounts_and_dates_alone_are_those_of_all_facts(lang):
    words, chance = TEXTS[lang].split(), random.Random(1)
    texts = [TEXTS[lang], "", *(" ".join(chance.sample(words, 6)) for _ in range(100))]
    for text in texts:
        assert extract_counted(text, lang) == tuple(f for f in extract(text, lang) if f.kind in COUNTED), text
