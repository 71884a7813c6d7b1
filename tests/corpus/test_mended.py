import pytest

from align.corpus.encoding import decode
from align.corpus.read import read
from align.text.mojibake import mended
from align.text.sentences import sentence_spans

KK = (
    "Қазақстан Республикасының Үкіметі жаңа бағдарлама қабылдады.\n"
    "Ұлттық банк инфляция деңгейін төмендетуге ұмтылады.\n"
    "Әр азаматтың құқығы мен бостандығы қорғалуы тиіс.\n"
)
EN = "The minister said it’s “a new law” – and the café’s owner agreed with what the ministry’s note said.\n"
WRONG = [
    (KK.encode(), "latin-1", KK),
    (KK.encode(), "cp1251", KK),
    (KK.encode("ptcp154"), "cp1251", KK),
    (KK.encode("ptcp154"), "latin-1", KK),
    (KK.encode("kz1048"), "cp1251", KK),
]
RIGHT = [
    KK,
    EN,
    "Његова посета је трајала два дана, а сутра ће обићи и друге крајеве који су страдали у поплавама.",
    "Україна є державою, її столиця має багато музеїв, і кожен з них має свої колекції.",
    "Ќе се случи во Скопје, рече министерот ѓенерален секретар на владата, љубовта њивна.",
    "The price rose by £5 ± £1 at the café in Zürich, and the crème brûlée cost €7.",
]


def _as_read(content, encoding):
    """Return bytes as a browser reads them: what a code page leaves open stands for itself."""
    return "".join(bytes([byte]).decode(encoding, "ignore") or chr(byte) for byte in content)


@pytest.mark.parametrize(("content", "encoding", "text"), WRONG)
def test_what_a_wrong_encoding_ruined_is_put_right(content, encoding, text):
    found = mended(_as_read(content, encoding))
    assert found is not None and found.text == text


@pytest.mark.parametrize("text", RIGHT)
def test_what_is_right_stays(text):
    assert mended(text) is None


def test_marks_of_english_are_put_right():
    found = mended(_as_read(EN.encode(), "cp1252"))
    assert found is not None and found.text == EN


def test_pt154_is_read_and_told(tmp_path):
    assert decode(KK.encode("ptcp154"), "a.txt").encoding == "PT154"
    (tmp_path / "a.txt").write_bytes(KK.encode("ptcp154"))
    (document,) = read(tmp_path).documents
    assert document.text == KK and document.notes == ("read as PT154",)


@pytest.mark.parametrize("mark", ["\u200b", "\u200d", "\ufeff", "\u2060"])
def test_a_zero_width_character_beside_a_stop_hides_no_end(mark):
    for line in (
        f"Жаңа заң қабылданды.{mark} Ұлттық банк хабарлады.",
        f"Заң қабылданды.{mark}Ұлттық банк хабарлады.",
        f"Заң қабылданды{mark}. Ұлттық банк хабарлады.",
    ):
        spans = sentence_spans(line, "kk")
        assert len(spans) == 2 and line[slice(*spans[1])].strip(mark) == "Ұлттық банк хабарлады."
