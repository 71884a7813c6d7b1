import pytest

from align.errors import AlignError
from align.translate.length_batches import in_batches, out_of_memory

INPUTS = [[1] * length for length in (3, 9, 1, 4, 4, 2)]

BATCHES = [
    (1, False, [[9], [4], [4], [3], [2], [1]]),
    (8, False, [[9], [4, 4], [3, 2], [1]]),
    (18, False, [[9, 4], [4, 3, 2, 1]]),
    (1000, False, [[9, 4, 4, 3, 2, 1]]),
    (1000, True, [[9], [4, 4], [3], [2], [1]]),
]


@pytest.mark.parametrize(("budget", "even", "expected"), BATCHES)
def test_batches_hold_as_many_tokens_as_the_budget_and_give_back_the_order(budget, even, expected):
    seen = []

    def lengths(batch):
        seen.append([len(tokens) for tokens in batch])
        return [[len(tokens)] for tokens in batch]

    assert in_batches(INPUTS, lengths, budget=budget, even=even) == [[3], [9], [1], [4], [4], [2]]
    assert seen == expected


def test_no_inputs_run_nothing():
    assert in_batches([], lambda batch: pytest.fail("nothing to run"), budget=10) == []


def test_memory_that_runs_out_halves_the_batches():
    tried = []

    def small(batch):
        tried.append(len(batch))
        if len(batch) > 2:
            raise RuntimeError("[enforce fail at alloc_cpu.cpp:119] DefaultCPUAllocator: can't allocate memory")
        return batch

    inputs = [[number] * 5 for number in range(7)]
    assert in_batches(inputs, small, budget=1000) == inputs
    assert tried == [7, 3, 1, 1, 1, 1, 1, 1, 1]


def test_one_text_that_does_not_fit_is_one_line():
    def full(batch):
        raise MemoryError

    with pytest.raises(AlignError, match="out of memory with one text of 9 tokens: take a smaller model") as caught:
        in_batches(INPUTS, full, budget=1000)
    assert "\n" not in str(caught.value)


def test_other_errors_pass():
    def broken(batch):
        raise RuntimeError("size mismatch")

    with pytest.raises(RuntimeError, match="size mismatch"):
        in_batches(INPUTS, broken, budget=1000)


ERRORS = [
    (RuntimeError("CUDA out of memory. Tried to allocate 2.00 GiB"), True),
    (RuntimeError("CUDA failed with error out of memory"), True),
    (RuntimeError("DefaultCPUAllocator: not enough memory: you tried to allocate 8 bytes"), True),
    (RuntimeError("std::bad_alloc"), True),
    (MemoryError(), True),
    (RuntimeError("size mismatch"), False),
    (OSError("out of memory"), False),
]


@pytest.mark.parametrize(("error", "expected"), ERRORS)
def test_out_of_memory(error, expected):
    assert out_of_memory(error) is expected
