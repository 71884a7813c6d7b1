import pytest
from hypothesis import given
from hypothesis import strategies as st

from align.corpus.encoding import decode, decode_declared
from align.errors import InputError

KK = "Қазақстанда президент сайлауы 9 маусымда өтеді деп хабарлады."
SHORT_KK = "Ұлттық қауіпсіздік комитеті"
RU = "Встреча президента с министрами прошла в Астане 26 апреля."
EN = "“We will not leave,” the minister said – and he meant it…"
CAFE = "The minister opened a new café in the centre of the city on Tuesday, the press service said."
UK = (
    "Україна є державою, її столиця має багато музеїв, і кожен з них має свої колекції, які збираються з усієї країни."
    " Її мешканці знають своє минуле і пишаються ним, а приїжджі не втомлюються дивуватися його різноманіттю."
    " Зустріч міністрів відбулася у вівторок, повідомляє пресслужба уряду, і наступна відбудеться за тиждень у Києві."
)
SR = (
    "Председник Републике је данас разговарао са министрима о стању у земљи и о новим школама које се граде на југу."
    " Његова посета је трајала два дана, а сутра ће обићи и друге крајеве који су страдали у поплавама прошле године."
    " Састанак министара је одржан у уторак, јавља служба за информисање владе, а следећи ће бити за недељу дана."
)

READ = [
    (KK, "utf-8", "UTF-8"),
    (KK, "utf-8-sig", "UTF-8"),
    (KK, "utf-16", "UTF-16"),
    (KK, "utf-16-le", "UTF-16"),
    (EN, "utf-16-be", "UTF-16"),
    (EN, "utf-32", "UTF-32"),
    (KK, "kz1048", "KZ-1048"),
    (SHORT_KK, "kz1048", "KZ-1048"),
    (RU, "cp1251", "windows-1251"),
    (UK, "cp1251", "windows-1251"),
    (SR, "cp1251", "windows-1251"),
    (EN, "cp1251", "windows-1251"),
    (CAFE, "cp1252", "windows-1252"),
    (KK + "\x0c\x02", "utf-8", "UTF-8"),
    ("", "utf-8", "UTF-8"),
]


@pytest.mark.parametrize(("text", "codec", "encoding"), READ)
def test_the_encoding_is_found(text, codec, encoding):
    decoded = decode(text.encode(codec), "a.txt")
    assert (decoded.text, decoded.encoding) == (text, encoding)


REFUSED = [
    (RU.encode("koi8-r"), "a.txt, line 1: not UTF-8 (byte 0, 0xf7)"),
    (RU.encode("cp866"), "a.txt, line 1: not UTF-8 (byte 0, 0x82)"),
    (
        b"one\n" + KK.encode()[:-1] + b"\xff" + KK.encode(),
        f"a.txt, line 2: not UTF-8 (byte {3 + len(KK.encode())}, 0xff)",
    ),
    (KK.encode() + "Қазақ".encode("kz1048"), f"not UTF-8 (byte {len(KK.encode())}, 0x8d)"),
    ("дәптер".encode("kz1048"), "not UTF-8 (byte 0, 0xe4)"),
    ("Straße nach Köln über Zürich, schön".encode("cp1252"), "not UTF-8 (byte 4, 0xdf)"),
    (KK.encode("utf-16")[:-1], "not UTF-16 (byte 122, 0x2e)"),
    (b"text\x00text", "a.txt, line 1: not a text (byte 4, 0x00)"),
    (bytes(range(256)), "not UTF-8 (byte 128, 0x80)"),
]


@pytest.mark.parametrize(("content", "message"), REFUSED)
def test_what_is_undecidable_is_refused_with_the_byte(content, message):
    with pytest.raises(InputError) as caught:
        decode(content, "a.txt")
    assert message in str(caught.value) and "\n" not in str(caught.value)


DECLARED = [
    (RU, "koi8-r", '<meta charset="KOI8-R">', "KOI8-R"),
    (RU, "koi8-r", '<?xml version="1.0" encoding="koi8-r"?>', "koi8-r"),
    (RU, "cp1251", '<meta http-equiv="Content-Type" content="text/html; charset=windows-1251">', "windows-1251"),
    (KK, "kz1048", "<meta charset=windows-1251>", "KZ-1048"),
    (KK, "utf-8", "<meta charset=windows-1251>", "UTF-8"),
    (KK, "utf-8", "<meta charset=ascii>", "UTF-8"),
    (KK, "kz1048", "<meta charset=no-such-encoding>", "KZ-1048"),
    (KK, "utf-16", "<meta charset=utf-8>", "UTF-16"),
    (KK, "kz1048", "", "KZ-1048"),
]


@pytest.mark.parametrize(("text", "codec", "head", "encoding"), DECLARED)
def test_a_declared_encoding_is_believed_where_the_bytes_fit(text, codec, head, encoding):
    decoded = decode_declared((head + text).encode(codec), "a.html")
    assert (decoded.text, decoded.encoding) == (head + text, encoding)


@given(st.binary(max_size=200))
def test_no_character_is_ever_replaced(content):
    try:
        decoded = decode(content, "a.txt")
    except InputError as error:
        assert "byte" in str(error)
    else:
        assert "\ufffd" not in decoded.text or "\ufffd".encode() in content or b"\xfd\xff" in content


@given(st.text(alphabet="абвгдежзийклмнопрстуфхцчшщыэюяәғқңөұүһі ABCabc.,0123\n", max_size=200))
def test_utf8_is_always_read_as_it_is(text):
    assert decode(text.encode(), "a.txt").text == text
