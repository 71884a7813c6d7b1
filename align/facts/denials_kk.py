"""Kazakh words that deny: барған жоқ, бармады, емес, бас тартты, шығынсыз.

A verb is denied by -ма before its ending (-ме, -ба, -бе, -па, -пе after other sounds). Nouns end like that too
(бағдарламасы, қамауға), so the sound before it must fit, and a verb's ending must follow.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

__all__ = ["BEGINNINGS", "ENDING", "LESS", "VERB", "WORD", "Denial", "denials", "hints", "sorts_in"]

_VERB: Final = re.compile(
    r"[мбп](?:(?:а|е)(?P<main>"
    r"д[ыі](?:м|ң|қ|к|ңыз|ңіз|ңдар|ңдер)?|п(?:т[ыі]|п[ыі]н)"
    r"|й(?:мын|мін|сың|сің|ды|ді|мыз|міз|сыз|сіз|ық|ік)|ң[ыі]з(?:дар|дер)?|с(?:пын|пін|сың|сің))"
    r"|(?:а|е)(?P<other>[ғг](?:ан|ен)[а-яәіңғүұқөһ]{0,12}|й(?:т[ыі]н[а-яәіңғүұқөһ]{0,9}|ынша|інше)?"
    r"|с(?:тан|тен|а|е|қа|ке|ам|ем|аң|ең|ақ|ек|аңыз|еңіз)?|у[а-яәіңғүұқөһ]{0,9}|п))(?!\w)"
)
_AFTER: Final = {
    "м": frozenset("аәеёиіоөуұүыэюярлй"),
    "б": frozenset("зжмнң"),
    "п": frozenset("пфкқтсшщхцчбвгғд"),
}
# Verbs and nouns that end like a denied verb: to arrest, to patch, a diamond, a sponsor, a debt of many, otherwise.
_LOOKALIKE: Final = re.compile(
    "қама(?!т)|жама|жалма|сырма|қарма|демеу|алмас(?!а|т)|мама|компас|кеме|тама|көме|әйтпе|жаппай|немесе|емес|"
    "ұзамай|қарама(?!д|й[дмс]|ғ)|толмаған|мекен|майда|маңыз|сипа(?!т)|соңба|түрме|маман|өзге|(?:баста|хабарла|бағдарла|тапсыр|сарапта|тұжырымда|көр|мәлімде|анықта)м[ае]ң|(?:жаз|қолдан|қолтаң)баң|бұрма|өртен|шақпа|"
    "[а-яәіңғүұқөһ]*(?:бай|бек|мбет)[ақғу]|жалпы|тұма|құрба|дамба|бомба|арқаласпа|қалпа|тоқпа|"
    "дегенмен|қуатпа|жақпа|жетпегенд|айтпақ|қанша"
)
# One letter before the ending is a verb only here: to say, to eat, to wear.
_SHORT: Final = frozenset({"де", "же", "ки", "жу", "қу", "ту", "бу"})
_LEAST: Final = 3
_DENIES: Final = re.compile(
    r"(?<!\w)(?:(?P<not>емес|емеспін|емеспіз|еместігін|еместігі)|(?P<none>жоқ(?:пын|пыз|сың|сыз|тығын|тығы)?)"
    r"|(?P<refused>бас\s+тарт[а-яәіңғүұқөһ]*|(?:жоққа|теріске)\s+шығар[а-яәіңғүұқөһ]*))(?!\w)"
)
_LESS: Final = re.compile(r"(?<=[а-яәіңғүұқөһ]{3})(?:сыз|сіз)(?:д[ыі]қ[а-я]*|дан|ден)?(?!\w)")
_PERSON: Final = ("асыз", "есіз", "йсыз", "йсіз", "рсыз", "рсіз")
# барасыз is "you go": of the words that end like it these are nouns.
_VOWEL_NOUN: Final = re.compile("виза|ақша|бала|нәтиже|лицензия|шара|пайда|кепілдеме|мұра|шекара|ата-ана")
# Words in -сыз that English tells without a denial.
_WHOLE: Final = re.compile(
    "тәуелсіз|қауіпсіз|үздіксіз|сөзсіз|шексіз|үнсіз|тоқтаусыз|қазасыз|күмәнсіз|тынымсыз|мұрсатсыз|мінсіз|сансыз|"
    "сымсыз|ақысыз|жансыз|шетсіз|шартсыз|дәрменсіз|арамсыз|теңдесіз|тегіс"
)
# Only so much, but for, until, a ban: texts that tell a denial in other words.
_HINTS: Final = re.compile(
    r"(?<!\w)(?:еш(?:кім|қандай|бір|теңе|нәрсе|қашан|қайда|те)|бей[а-я]{4}|тыйым|шекте|тек|ғана|қана|қарсы|сирек|әрең|"
    r"жетісп|тоқта|болдырма|бөге|басқа|кері|орнына|өшір|жой|айыр|құтыл|тыйыл|жоғал|бұғат|блокта|бұз|қате|жаңыл|"
    r"қиын|күмән|шет|тыс|аз(?!\w)|кем|бұрын|босат|алып таста|тарт|жабы|жабыл|сөн|ажыра|жасыр|мәжбүр)"
    r"|(?:сыз|сіз)"
    # Барма! asks not to go, and a noun may end like it: it denies nothing, but answers a denial.
    r"|[мбп][ае](?:шы|ші)?\s*[.!»]*\s*$"
)
# The word before a denial that takes its force: not only, no less than.
_BOUNDING: Final = re.compile(r"(?:ғана|қана|кем|артық|көп|аз|жай|бекер|тегін|қиын|жаман|алыс|ұзақ|сирек)\s+$")
_ONLY: Final = re.compile(r"(?<!\w)тек(?!\w)")
# A second denial in one verb phrase affirms: бармай қоймайды, келмеуі мүмкін емес.
_TWICE: Final = re.compile(
    r"(?:\s+(?:қоймай|қоймас|қоймад|тұрмай|тұра алмай|болмай(?:ды|тын)|отыра алмай|қалмай)[а-яәіңғүұқөһ]*|"
    r"\s+(?:мүмкін\s+)?емес(?!\w))"
)
_FINITE_AFTER: Final = re.compile(r"\s+(?:тұр|жатыр|отыр|жүр|қал|кел|кет|келе|жат|бол(?!ашақ))[а-яәіңғүұқөһ]*[^\w]*$")
# Before a noun емес and жоқ are its attribute, before a comma a contrast: үкіметтік емес ұйым; соғыс емес, бейбітшілік.
_PREDICATE: Final = re.compile(r"\s*[.!?…»\"]|\s*$|\s+(?:ед|екен|де[пдйг]|сияқты|секілді)")
_QUESTION: Final = re.compile(r"\s+(?:ма|ме|ба|бе|па|пе|әлде)(?!\w)")
_MUST: Final = re.compile(r"\s+(?:керек|тиіс|қажет|мүмкін|шарт)")


VERB, WORD, LESS = 1, 2, 4
"""The sorts of denial: a verb's ending, a word of its own, -сыз."""

_IN_ONE_WORD: Final = re.compile(
    r"(?<!\w)(?:емес(?:пін|піз|тігін|тігі)?|жоқ(?:пын|пыз|сың|сыз|тығын|тығы)?)(?!\w)|(?<!\w)(?:тарт|шығар)"
)
"""What a denial that is no verb's ending has in one of its words; бас тартты and жоққа шығарды in the second."""


ENDING: Final = re.compile(rf"{_VERB.pattern.replace('?P<main>', '?:').replace('?P<other>', '?:')}|с[ыі]з")
"""What any other word has in it that denies."""

BEGINNINGS: Final = frozenset({"еме", "жоқ", "тар", "шығ"})
"""What the words begin with that deny without a verb's ending or -сыз."""


class Denial(NamedTuple):
    """What denies, in characters of the text; `main` where it is the predicate that is denied."""

    start: int
    end: int
    main: bool


def denials(text: str, sorts: int = VERB | WORD | LESS) -> list[Denial]:
    """Return the words that deny, in order; two that cancel each other are none.

    `sorts` are those that the text's words may hold, by `sorts_in`.

    >>> [denial.main for denial in denials("Президент заңға қол қоймады.")]
    [True]
    >>> denials("ол бармай қоймайды"), denials("тек ол ғана емес"), denials("ұйқыға кетті немесе қамауға алынды")
    ([], [], [])
    """
    low = text.lower()
    if len(low) != len(text):
        return []
    verbs = _verbs(text, low) if sorts & VERB else ()
    words = _words(low) if sorts & WORD else ()
    without = _without(text, low) if sorts & LESS else ()
    found = sorted({*verbs, *words, *without})
    return [denial for n, denial in enumerate(found) if not n or denial.start >= found[n - 1].end]


def sorts_in(word: str) -> int:
    """Return which sorts of denial a lower-case word may hold or end.

    They are `VERB`, `WORD` and `LESS`, joined by or.

    >>> sorts_in("бармады"), sorts_in("емес"), sorts_in("шығынсыз"), sorts_in("немесе"), sorts_in("барды")
    (1, 2, 4, 0, 0)
    """
    found = WORD if _IN_ONE_WORD.search(word) else 0
    if any(_without("", word)):
        found |= LESS
    verbs = ((match, _word_start(word, match.start())) for match in _VERB.finditer(word))
    return found | (VERB if any(_denies(word, start, match) for match, start in verbs) else 0)


def _verbs(text: str, low: str) -> Iterator[Denial]:
    silenced = 0
    for match in _VERB.finditer(low):
        start = _word_start(low, match.start())
        if start < silenced or not _denies(low, start, match):
            continue
        # A capital inside a sentence is a name's: Сооронбай, Алматы.
        if text[start].isupper() and text[:start].rstrip(" \"«“'—–-").rstrip()[-1:] not in {"", ".", "!", "?", ":"}:
            continue
        if twice := _TWICE.match(low, match.end()):
            silenced = twice.end()
            continue
        yield Denial(start, match.end(), match["main"] is not None or _is_main(low, match))


def _denies(low: str, start: int, match: re.Match[str]) -> bool:
    return _is_verb(low[start : match.start()], match[0]) and not _LOOKALIKE.match(low, start)


def _word_start(low: str, i: int) -> int:
    while i and low[i - 1].isalpha():
        i -= 1
    return i


def _is_verb(stem: str, ending: str) -> bool:
    if not stem or stem[-1] not in _AFTER[ending[0]]:
        return False
    closed = stem[-1] not in "аәеёиіоөуұүыэюя"
    return len(stem) >= _LEAST or stem in _SHORT or (len(stem) == _LEAST - 1 and closed)


def _is_main(low: str, match: re.Match[str]) -> bool:
    """Say whether a form without person is a predicate.

    It is one at the end, before an auxiliary, before "must" and "may".
    """
    rest = low[match.end() :].strip()
    return not rest.strip(".!?…»”\"'") or bool(_FINITE_AFTER.match(low, match.end()) or _MUST.match(low, match.end()))


def _words(low: str) -> Iterator[Denial]:
    for match in _DENIES.finditer(low):
        before = low[: match.start()]
        if match["not"] and (_BOUNDING.search(before) or _ONLY.search(before[-60:])):
            continue
        # бар-жоғы, "is it or not", and the емес that cancels a denial before it.
        if _QUESTION.match(low, match.end()) or (match["none"] and low[match.end() :].startswith((" па", " емес"))):
            continue
        if match["not"] and _cancels(before):
            continue
        yield Denial(match.start(), match.end(), main=bool(match["refused"] or _PREDICATE.match(low, match.end())))


def _cancels(before: str) -> bool:
    """Say whether the word before емес is denied itself: келмеуі мүмкін емес."""
    words = before.split()[-2:]
    if words[-1:] == ["мүмкін"]:
        words.pop()
    word = words[-1] if words else ""
    match = _VERB.search(word)
    return bool(match and match.end() == len(word) and _is_verb(word[: match.start()], match[0])) or word == "жоқ"


def _without(text: str, low: str) -> Iterator[Denial]:
    for match in _LESS.finditer(low):
        start = _word_start(low, match.start())
        if _WHOLE.match(low, start) or text[start : start + 1].isupper():
            continue
        if low[start : match.end()].endswith(_PERSON) and not _VOWEL_NOUN.match(low, start):
            continue
        yield Denial(start, match.end(), main=False)


def hints(text: str) -> bool:
    """Say whether a text may tell a denial in other words: a ban, an end, only.

    >>> hints("кіруге тыйым салынды"), hints("кіруге рұқсат берілді")
    (True, False)
    """
    return _HINTS.search(text.lower()) is not None
