import pytest

from align.text.romanise import romanise
from align.text.sounds import sounds_of

ALIKE = [
    ("Уиллоуби", "Willoughby"),
    ("Фейнстейн", "Feinstein"),
    ("Каваноның", "Kavanaugh"),
    ("Уильямға", "William"),
    ("Джонсонды", "Johnson"),
    ("Кларктің", "Clarke"),
    ("Вашингтонда", "Washington"),
    ("Макронның", "Macron"),
    ("Трампқа", "Trump"),
    ("Хашогги", "Khashoggi"),
    ("Цукерберг", "Zuckerberg"),
    ("Ақтөбеде", "Aktobe"),
]
UNLIKE = [("Тоқаев", "Nazarbayev"), ("Буш", "Bash"), ("Мэй", "Moy"), ("Алматы", "Astana"), ("Х2019", "H2019")]


def alike(kk, en):
    return bool(set(sounds_of(romanise(kk).lower(), "kk")) & set(sounds_of(en.lower(), "en")))


@pytest.mark.parametrize(("kk", "en"), ALIKE)
def test_names_of_one_sound_are_alike(kk, en):
    assert alike(kk, en)


@pytest.mark.parametrize(("kk", "en"), UNLIKE)
def test_other_and_short_names_are_not(kk, en):
    assert not alike(kk, en)
