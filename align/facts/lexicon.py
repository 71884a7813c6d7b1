"""Find the longest entry of a word list at a place in a text.

The last word may have Kazakh endings.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Final, Generic, TypeVar

from align.facts.stems import Stems, is_form
from align.facts.suffixes import is_ending
from align.facts.tokens import Token, Tokens, tokenise
from align.types import Lang

__all__ = ["Lexicon"]

_LEAST_FOREIGN: Final = 4
_MOST_FORMS: Final = 1 << 16
"""Forms whose entry is held at once: a text's words come again."""

Entry = TypeVar("Entry")


class Lexicon(Generic[Entry]):
    """Hold phrases, each with an entry; case is left to the caller.

    >>> from align.facts.tokens import tokenise
    >>> Lexicon([("Нұр-Сұлтан", "city")], "kk").find(tokenise("Ол Нұр-Сұлтанға келді"), 1)
    ('city', 4)
    """

    def __init__(self, phrases: Iterable[tuple[str, Entry]], lang: Lang) -> None:
        self._inflected = lang == "kk"
        self._single: dict[str, Entry] = {}
        self._words: dict[str, Entry | None] = {}
        self._longer: dict[str, list[tuple[tuple[str, ...], Entry]]] = defaultdict(list)
        for phrase, entry in phrases:
            self._add(tuple(token.low for token in tokenise(phrase)), entry)
        for rest in self._longer.values():
            rest.sort(key=lambda item: -len(item[0]))
        self._stems = Stems(self._single if self._inflected else ())

    def _add(self, words: tuple[str, ...], entry: Entry) -> None:
        if len(words) == 1:
            self._single.setdefault(words[0], entry)
        elif words:
            self._longer[words[0]].append((words[1:], entry))

    def _same(self, word: str, token: Token) -> bool:
        if token.low == word or not self._inflected or not token.low.startswith(word[:2]):
            return token.low == word
        # Foreign names take endings of either harmony (Нью-Йорктегі), so the ending alone may decide.
        return (token.low.startswith(word) and is_ending(token.low[len(word) :])) or is_form(token.low, word)

    def find(self, tokens: Tokens, i: int) -> tuple[Entry, int] | None:
        """Return the entry of the longest phrase at token `i`, and the number of the token after it."""
        for rest, entry in self._longer.get(tokens[i].low, ()):
            end = i + 1 + len(rest)
            if end > len(tokens) or not self._same(rest[-1], tokens[end - 1]):
                continue
            if all(tokens[i + 1 + n].low == word for n, word in enumerate(rest[:-1])):
                return entry, end
        entry_of_word = self.word(tokens[i])
        return None if entry_of_word is None else (entry_of_word, i + 1)

    def has_longer(self, token: Token) -> bool:
        """Say whether a phrase of more than one word may start with a word."""
        return token.low in self._longer

    def begins(self, token: Token) -> bool:
        """Say whether any phrase may start with a word."""
        return token.low in self._longer or self.word(token) is not None

    def word(self, token: Token) -> Entry | None:
        """Return the entry of a one-word phrase, of the longest stem that has one."""
        if token.low in self._single or not self._inflected or token.kind != "word":
            return self._single.get(token.low)
        if not self._stems.may_begin(token.low):
            return None
        if token.text not in self._words:
            if len(self._words) >= _MOST_FORMS:
                self._words.clear()
            self._words[token.text] = self._inflected_word(token)
        return self._words[token.text]

    def _inflected_word(self, token: Token) -> Entry | None:
        single, low = self._single, token.low
        if stem := self._stems.of(low):
            return single[stem]
        if not token.text[0].isupper():
            return None
        cuts = (cut for cut in range(len(low) - 1, _LEAST_FOREIGN - 1, -1) if low[:cut] in single)
        return next((single[low[:cut]] for cut in cuts if is_ending(low[cut:])), None)
