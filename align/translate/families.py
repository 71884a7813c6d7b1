"""How each family of models is told that the text is Kazakh and the answer English.

Nothing here looks at a model's name: the vocabulary says which language codes there are, the configuration the rest.
Sources: NLLB Team 2022; Fan et al. 2020 (M2M100); Tang et al. 2020 (mBART-50); Kudugunta et al. 2023 (MADLAD-400);
Raffel et al. 2020 (T5); Tiedemann and Thottingal 2020 (OPUS-MT).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from align.errors import InputError
from align.translate.split import pieces

if TYPE_CHECKING:
    from transformers import PretrainedConfig, PreTrainedTokenizerBase

__all__ = ["INSTRUCTION", "KAZAKH_LETTERS", "Coder", "Family", "ask", "family_of", "first_line"]

KAZAKH_LETTERS: Final = "әіңғүұқөһ"

_CODES = (
    ("nllb", "kaz_Cyrl", "eng_Latn", "{}"),
    ("m2m100", "kk", "en", "__{}__"),
    ("mbart50", "kk_KZ", "en_XX", "{}"),
)
"""Family, its codes for Kazakh and English, and how a code is written as a token."""
_MARKS = (("madlad", "<2en>"), ("marian", ">>eng<<"), ("marian", ">>en<<"))
"""Family, and the token before a source text that asks for English."""
_T5 = frozenset({"t5", "mt5", "umt5", "longt5", "switch_transformers"})
_UNSET = 1_000_000
"""Tokenizers without a limit give an astronomic number."""
INSTRUCTION: Final = "Translate this Kazakh sentence into English. Answer with the translation alone, on one line."


@dataclass(frozen=True, slots=True)
class Family:
    """What a family of models wants beside the text.

    `source_code` and `target_code` are what the tokenizer's `src_lang` and `tgt_lang` must be; `target_token` is forced
    as the first token of every target; `prefix` stands before every source text. None and "" where there is no such.
    """

    name: str
    source_code: str | None = None
    target_code: str | None = None
    target_token: str | None = None
    prefix: str = ""


class Coder:
    """A tokenizer with its family: from Kazakh text to tokens, and from tokens to English.

    `room` is the number of tokens that the model takes, source and answer each, or both together in a chat; `forced`
    is the number of the token that every answer starts with, None for most families.
    """

    def __init__(
        self, tokenizer: PreTrainedTokenizerBase, config: PretrainedConfig, *, name: str, max_source_tokens: int
    ) -> None:
        self.tokenizer = tokenizer
        self.family = family_of(tokenizer, config, name=name)
        self.chat = self.family.name == "chat"
        token = self.family.target_token
        self.forced: int | None = tokenizer.convert_tokens_to_ids(token) if token else None
        self.room = _room(tokenizer, config)
        self._frame = len(self.encode(""))
        share = self.room // 3 if self.chat else self.room
        self._limit = max(1, min(max_source_tokens, share - self._frame))

    def cut(self, text: str) -> list[str]:
        """Return the sentences and clauses that are translated one by one; none for a blank text."""
        return pieces(text, self._size, self._limit)

    def encode(self, piece: str) -> list[int]:
        """Return what the model reads: the piece's tokens with all that the family puts around them."""
        if self.chat:
            return ask(self.tokenizer, piece)
        return list(self.tokenizer(self.family.prefix + piece, verbose=False).input_ids)

    def decode(self, tokens: list[int]) -> str:
        """Return the text of an answer, without the forced token.

        Of a chat's answer it is the first line.
        """
        own = tokens[1:] if tokens and tokens[0] == self.forced else tokens
        text = self.tokenizer.decode(own, skip_special_tokens=True).strip()
        return first_line(text) if self.chat else text

    def most(self, tokens: list[int]) -> int:
        """Return how long the answer to what was encoded may become.

        It depends on that alone, not on its batch.
        """
        room = self.room - len(tokens) if self.chat else self.room - 1
        return max(1, min(2 * (len(tokens) - self._frame) + 32, room))

    def _size(self, piece: str) -> int:
        return len(self.tokenizer(piece, add_special_tokens=False, verbose=False).input_ids)


def family_of(tokenizer: PreTrainedTokenizerBase, config: PretrainedConfig, *, name: str = "model") -> Family:
    """Return the family of a model, and set the tokenizer's languages where it has such.

    Raises InputError, which gives the model's `name`, where the tokenizer does not know Kazakh or can't ask for
    English, and where a model that is no encoder-decoder has no chat template.
    """
    try:
        _require_letters(tokenizer)
        family = _seq2seq(tokenizer, config) if config.is_encoder_decoder else _chat(tokenizer, config)
        _require_mark(tokenizer, family)
    except InputError as error:
        raise InputError(f"translator {name}: {error}") from None
    return family


def _chat(tokenizer: PreTrainedTokenizerBase, config: PretrainedConfig) -> Family:
    if not tokenizer.chat_template:
        raise InputError(
            f"a {config.model_type} model without a chat template can't be asked to translate:"
            " take an instruction-tuned one or an encoder-decoder"
        )
    return Family("chat")


def _seq2seq(tokenizer: PreTrainedTokenizerBase, config: PretrainedConfig) -> Family:
    family = _coded(tokenizer, config) or _marked(tokenizer, config)
    if family is not None:
        return family
    # A model of a pair of languages has nothing to be told, but T5 translates only when it is asked to.
    is_t5 = config.model_type in _T5
    return Family("t5", prefix="translate Kazakh to English: ") if is_t5 else Family(config.model_type)


def _coded(tokenizer: PreTrainedTokenizerBase, config: PretrainedConfig) -> Family | None:
    """Return the family whose codes of both languages stand in the vocabulary."""
    for name, source, target, form in _CODES:
        known = [_known(tokenizer, form.format(code), config) for code in (source, target)]
        if all(known):
            tokenizer.src_lang, tokenizer.tgt_lang = source, target
            return Family(name, source, target, form.format(target))
        if any(known):
            missing, language = (target, "English") if known[0] else (source, "Kazakh")
            raise InputError(f"its tokenizer has no {language} ({form.format(missing)})")
    return None


def _marked(tokenizer: PreTrainedTokenizerBase, config: PretrainedConfig) -> Family | None:
    """Return the family that asks for English by a token in the source text."""
    for name, mark in _MARKS:
        if _known(tokenizer, mark, config):
            return Family(name, prefix=f"{mark} ")
    targets = [token for token in tokenizer.get_vocab() if token.startswith(">>") and token.endswith("<<")]
    if targets:
        raise InputError(f"it translates into {', '.join(sorted(targets)[:5])}, not into English (>>eng<<)")
    return None


def _known(tokenizer: PreTrainedTokenizerBase, token: str, config: PretrainedConfig) -> bool:
    number = tokenizer.convert_tokens_to_ids(token)
    return number is not None and number != tokenizer.unk_token_id and number < getattr(config, "vocab_size", _UNSET)


def _require_letters(tokenizer: PreTrainedTokenizerBase) -> None:
    """Raise InputError where the tokenizer lacks most of the letters that only Kazakh has."""
    if tokenizer.unk_token_id is None:
        return
    unknown = [
        letter
        for letter in KAZAKH_LETTERS
        if tokenizer.unk_token_id in tokenizer(letter, add_special_tokens=False).input_ids
    ]
    if len(unknown) > len(KAZAKH_LETTERS) // 2:
        raise InputError(f"its tokenizer does not know the Kazakh letters {' '.join(unknown)}")


def _require_mark(tokenizer: PreTrainedTokenizerBase, family: Family) -> None:
    """Raise InputError where the token that names the language does not reach the model."""
    mark = {"nllb": "kaz_Cyrl", "m2m100": "__kk__", "mbart50": "kk_KZ"}.get(family.name, family.prefix.strip())
    if not mark or family.name == "t5":
        return
    if tokenizer.convert_tokens_to_ids(mark) not in tokenizer(f"{family.prefix}а").input_ids:
        raise InputError(f"its tokenizer ({type(tokenizer).__name__}) does not write {mark} before a text")


def _room(tokenizer: PreTrainedTokenizerBase, config: PretrainedConfig) -> int:
    positions = getattr(config, "max_position_embeddings", None) or getattr(config, "n_positions", None)
    limits = [limit for limit in (positions, tokenizer.model_max_length) if limit and limit < _UNSET]
    return min(limits, default=512)


def ask(tokenizer: PreTrainedTokenizerBase, text: str) -> list[int]:
    """Return a chat's tokens, with the instruction, the text and the answer's beginning.

    The chat template is the model's own. Templates that know of thinking aloud are told to leave it; the others ignore
    the word.
    """
    question = [{"role": "user", "content": f"{INSTRUCTION}\n\n{text}"}]
    prompt = tokenizer.apply_chat_template(question, tokenize=False, add_generation_prompt=True, enable_thinking=False)
    # The template has written the special tokens already.
    return list(tokenizer(prompt, add_special_tokens=False, verbose=False).input_ids)


def first_line(answer: str) -> str:
    r"""Return the first line of an answer that is not blank, without quotation marks around it.

    >>> first_line('\n"He came."\n\nNote: Kazakh has no gender.'), first_line(' ')
    ('He came.', '')
    """
    line = next((line.strip() for line in answer.splitlines() if line.strip()), "")
    quoted = len(line) > 1 and line[0] + line[-1] in ('""', "“”", "«»")
    return line[1:-1].strip() if quoted else line
