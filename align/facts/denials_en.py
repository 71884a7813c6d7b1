"""English words that deny: not, no, never, without, refused, failed to."""

from __future__ import annotations

import re
from typing import Final

from align.facts.denials_kk import Denial

__all__ = ["denials", "hints", "sorts_in"]

_DENIES: Final = re.compile(
    r"\b(?:(?P<main>(?:is|are|was|were|will|would|can|could|has|have|had|should|must|do|does|did|may|might)\s+"
    r"(?:not|never)|never|cannot|(?!ain)\w+n['’]t|no longer|nobody|no one|none|neither|nothing|nowhere"
    r"|(?:refus|declin)(?:e|es|ed|ing)\s+to|refus(?:es|ed|ing)?|fail(?:s|ed|ing)?\s+to"
    r"|den(?:y|ies|ied)|reject(?:s|ed)?|no(?!\.?\s*\d|\.\s))|without|nor|not)\b"
)
# They take the force of the denial: not only, no less than, whether or not.
_FORCELESS: Final = re.compile(
    r"\b(?:not\s+(?:only|just|merely|simply|solely|least|to mention|necessarily|until|that)|"
    r"\w+n['’]t\s+(?:only|just)|or not|if not|why not|no\s+(?:doubt|less|more than|later than|fewer|sooner|"
    r"matter|wonder|other than)|nothing but|"
    r"none other|not\s+(?:un|in|im)\w+|(?:not|never)\s+(?:be\s+)?without|can(?:not|['’]t)\s+(?:but|help)|"
    r"(?:not|never|\w+n['’]t)\s+(?:fail|fails|failed|deny|denied|refuse|refused|reject|rejected|miss|forget))\b"
    r"|,\s+\w+n['’]t\s+\w+\s*\?"
)
# Words that another language may tell by a denial.
_HINTS: Final = re.compile(
    r"\b(?:un(?!der|i[tvqo]|til)\w{3,}|in(?:valid|correct|visib|active|accessib|dependen|sufficien|complete|abil|capab|"
    r"secure|compatib|evitab|accura|appropria|convenien|effective|adequa)\w*|im(?:possib|pati|mediate|perfect|matur)\w*|"
    r"ir(?:re|ra)\w+|il(?:legal|leg)\w*|dis(?!cuss|tri|pla|cov|patch|ease|aster|tan)\w{3,}|non\w+|non-|"
    r"\w{3,}less(?:ly|ness)?|lack\w*|absen\w*|avoid\w*|prevent\w*|stop\w*|ban|bans|banned|prohibit\w*|forb\w+|few|little|only|"
    r"unless|until|except\w*|other than|instead|rather|miss|missed|missing|free|ceas\w*|hardly|barely|scarcely|rarely|"
    r"seldom|too|otherwise|exclud\w*|ignor\w*|empty|lost|lose\w*|losing|against|oppos\w*|doubt\w*|hard|difficult\w*|"
    r"rare|block\w*|skip\w*|refus\w*|fail\w*|den(?:y|ied|ies|ial)\w*|declin\w*|reject\w*|remain\w*|silen\w*|"
    r"neglect\w*|suspend\w*|cancel\w*|withdr\w*|minor\w*|before|soon|yet|still|despite|regardless|less|wrong|"
    r"error\w*|nor|no|not|never|none|nothing|nobody|without|cannot|\w+n['’]t|urgent\w*|deni\w*|hid\w+|short\w*|end\w*|keep\w*|"
    r"kept|resist\w*|reluctant\w*)\b"
)


_IN_ONE_WORD: Final = re.compile(
    r"n['’]t|(?<!\w)(?:no(?!\w)|not|never|cannot|nobody|none?|neither|nothing|nowhere|without|nor|refus|declin|fail|den|reject)"
)


def sorts_in(word: str) -> int:
    """Return 1 where a lower-case word may deny or end what denies, 0 where it does not.

    >>> sorts_in("didn't"), sorts_in("signed")
    (1, 0)
    """
    return 1 if _IN_ONE_WORD.search(word) else 0


def denials(text: str) -> list[Denial]:
    """Return the words that deny, in order.

    `main` is false for "without", "nor" and a "not" without a verb before it.

    >>> [text[a:b] for text in ["He did not sign it; No. 5 did."] for a, b, _ in denials(text)]
    ['did not']
    >>> denials("not only he but all"), denials("It is not uncommon")
    ([], [])
    """
    low = text.lower()
    if len(low) != len(text):
        return []
    forceless = [match.span() for match in _FORCELESS.finditer(low)]
    found = (match for match in _DENIES.finditer(low) if not _meets(match.span(), forceless))
    return [Denial(*match.span(), match["main"] is not None) for match in found]


def _meets(span: tuple[int, int], spans: list[tuple[int, int]]) -> bool:
    return any(span[0] < end and start < span[1] for start, end in spans)


def hints(text: str) -> bool:
    """Say whether a text may tell a denial in other words: a ban, an end, only.

    >>> hints("Entry was banned"), hints("Entry was allowed")
    (True, False)
    """
    return _HINTS.search(text.lower()) is not None
