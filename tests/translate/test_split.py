import pytest

from align.translate.split import clauses, pieces


def words(text):
    return len(text.split())


TEXTS = [
    ("", 5, []),
    ("  \n ", 5, []),
    ("Ол келді. Біз күттік.", 5, ["Ол келді.", "Біз күттік."]),
    ("Тақырып\nОл келді.", 5, ["Тақырып", "Ол келді."]),
    ("Бір екі; үш, төрт бес", 3, ["Бір екі;", "үш, төрт бес"]),
    ("Бір екі, үш және төрт", 3, ["Бір екі,", "үш және төрт"]),
    ("Бір екі – үш және төрт", 4, ["Бір екі", "– үш және төрт"]),
    ("Бір екі және үш төрт", 3, ["Бір екі", "және үш төрт"]),
    ("Бір екі үш төрт", 2, ["Бір екі", "үш төрт"]),
    # A comma at the very end of a long sentence is no place to halve it.
    ("Бір, екі үш төрт бес алты жеті сегіз", 4, ["Бір, екі үш төрт", "бес алты жеті сегіз"]),
]


@pytest.mark.parametrize(("text", "limit", "expected"), TEXTS)
def test_pieces(text, limit, expected):
    assert pieces(text, words, limit) == expected


def test_five_thousand_words_lose_none():
    text = " ".join(f"сөз{number}{',' if number % 7 == 0 else ''}" for number in range(5000))
    parts = pieces(text, words, 60)
    assert " ".join(parts) == text
    assert max(map(words, parts)) <= 60
    assert min(map(words, parts)) >= 15


def test_a_word_without_end_is_cut_within():
    assert list(clauses("қ" * 10, len, 4)) == ["ққ", "қққ", "ққ", "қққ"]


def test_a_size_that_no_cut_reduces_still_ends():
    assert list(clauses("қа", lambda text: 9, 4)) == ["қ", "а"]
