"""What cannot be a pair, and what looks like it but can."""

import numpy as np
import pytest

from align.types import Candidates
from align.verify.gates import impossible, is_fragment, refused

SENTENCE = "Almaty Mayor Yerbolat Dosayev opened a new bridge across the river."

# Kazakh, English, why they can't be a pair
PAIRS = [
    ("Ерболат Досаев, Алматы қаласының әкімі", SENTENCE, "fragment"),
    ("2024 жылғы 5 наурыз", "On March 5, 2024, the parliament adopted the budget.", "fragment"),
    ("Түркістан облысы", "The earthquake was felt in the Turkistan region.", "fragment"),
    ("Қасым-Жомарт Тоқаев", "President Kassym-Jomart Tokayev signed a new tax law on Monday.", "fragment"),
    ("АЛМАТЫ. 12 мамыр. Агенттік", "ALMATY, May 12 - A new bridge was opened there on Sunday.", "fragment"),
    ("Кеше Алматыда жаңа көпір ашылды.", "Almaty, Kazakhstan", "fragment"),
    (
        "Это совсем другое предложение, и оно по-русски.",
        "This is quite another sentence.",
        "source is another language",
    ),
    ("Кеше Алматыда жаңа көпір ашылды.", "Новый мост открыли в Алматы вчера вечером.", "target is another language"),
    ("Алматыдағы митинг, 2020 жыл", "Police detained dozens at the rally in Almaty in 2020.", "fragment"),
    ("Жаңа көпір 2019 жылы ашылды.", "The new bridge in Astana (2019)", "fragment"),
    ("Алматыда митинг өтті, 2020 жыл", "A rally was held in Almaty in 2020.", None),
    ("Алматыдағы митинг, 2020 жыл", "The rally in Almaty, 2020", None),
    ("Иран", "Iran", None),
    ("Алматы қаласының әкімі", "The mayor of Almaty", None),
    ("Ол келді.", "He came.", None),
    ("Жаңа көпір ашылды", "A new bridge", None),
    ("Президент Тоқаев жаңа заңға қол қойды", "President Tokayev signed the new law", None),
]


@pytest.mark.parametrize(("kazakh", "english", "why"), PAIRS)
def test_refused(make_side, kazakh, english, why):
    source, target = make_side([kazakh], "kk"), make_side([english], "en")
    found = Candidates(*(np.zeros(1, np.int64),) * 2, *(np.ones(1, np.float32),) * 4)
    assert refused(found, np.arange(1), source, target).get(0) == why


# Kazakh, English, why they can't be a pair at first sight
AT_ONCE = [
    ("Сәлем", "Сәлем", "copy"),
    ("Five people were injured.", "five people were injured", "copy"),
    ("https", "HTTPS!", "copy"),
    ("12:30", "Twelve thirty", "no words"),
    ("Он екі", "— 12 —", "no words"),
    ("Иран", "Iran", None),
]


@pytest.mark.parametrize(("kazakh", "english", "why"), AT_ONCE)
def test_impossible(make_side, kazakh, english, why):
    source, target = make_side([kazakh], "kk"), make_side([english], "en")
    found = Candidates(*(np.zeros(1, np.int64),) * 2, *(np.ones(1, np.float32),) * 4)
    assert impossible(found, source, target).get(0) == why


def test_a_headline_is_no_fragment(make_side):
    assert not is_fragment(make_side(["Uzbek deputy premier arrives in Astana, contracts signed"], "en"), 0)
