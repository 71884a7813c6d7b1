"""Instruction models: the question they are asked, and the line of their answer that counts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from transformers import PreTrainedTokenizerBase

__all__ = ["INSTRUCTION", "ask", "first_line"]

INSTRUCTION: Final = "Translate this Kazakh sentence into English. Answer with the translation alone, on one line."


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
