import pytest
from hypothesis import given
from hypothesis import strategies as st
from transliterate import to_arabic, to_latin

from align.text.cyrillic import to_cyrillic
from align.text.lookalikes import repair
from align.text.matched import as_matched

# The first article of the Universal Declaration, as the alphabets' authors print it, and letters in every position.
LATIN = [
    ("2021", "Барлық адамдар тумысынан азат және қадір-қасиеті", "Barlyq adamdar tumysynan azat jäne qadır-qasietı"),
    ("2021", "Бұрыңғы өткен заманда, бір данышпан кісі", "Būryñğy ötken zamanda, bır danyşpan kısı"),
    ("2021", "сый беріп, орнымда қалайын", "syi berıp, ornymda qalaiyn"),
    ("2021", "ҚАЗАҚСТАН Республикасы", "QAZAQSTAN Respublikasy"),
    ("2021", "Иран, Ілияс, Щучинск", "İran, Iliias, Şşutşinsk"),
    ("2018", "Барлық адамдар тумысынан азат және қадір-қасиеті", "Barlyq adamdar týmysynan azat jáne qadir-qasıeti"),
    ("2018", "сияқты Шымкент Чехия", "sııaqty Shymkent Chehııa"),
    ("2017", "Барлық адамдар тумысынан азат және тең", "Barlyq adamdar ty'mysynan azat ja'ne ten'"),
    ("bgn-pcgn", "Қостанай Өскемен Шымкент Жаңаөзен Ғабит", "Qostanay Öskemen Shymkent Zhangaözen Ghabīt"),
    ("bgn-pcgn", "Үржар Ұлытау Атырау Һәкім", "Ürzhar Ulytaū Atyraū Häkim"),
]
ARABIC = [
    ("Қазақстан", "قازاقستان"),
    ("тіл", "ٴتىل"),
    ("өмір", "ٴومىر"),
    ("күн", "كۇن"),
    ("әлем", "الەم"),
    ("үй, аю; қоян?", "ٴۇي، ايۋ؛ قويان؟"),
]
CYRILLIC = [
    ("latin-2021", "qoian, baiau, iağni, aiu", "қоян, баяу, яғни, аю"),
    ("latin-2021", "syi, üiı, kiım, dünie", "сый, үйі, киім, дүние"),
    ("latin-2021", "siaqty, milliard, dialog", "сияқты, миллиард, диалог"),
    ("latin-2021", "aitsa, stantsia, kätsız", "айтса, станция, кәтсіз"),
    ("latin-2021", "QAZAQSTAN, Iliias, İran", "ҚАЗАҚСТАН, Ілияс, Иран"),
    ("latin-2021", "ekonomika, el, jahan, han", "экономика, ел, жаһан, хан"),
    ("latin-2018", "patsha, sııaqty, shchýka, joǵary", "патша, сияқты, щука, жоғары"),
    ("latin-2017", "ja'ne ten', s'yg'ys, y'aqyt", "және тең, шығыс, уақыт"),
    ("latin-2017", "ja’ne ten’", "және тең"),
    ("arabic", "قازاق ٴتىلى، كىتاپتىڭ", "қазақ тілі, кітаптың"),
    ("arabic", "قازىرگى ماسەلە", "қазіргі мәселе"),
    ("arabic", "نازارباەۆتىڭ سونىمەن", "назарбаевтың сонымен"),
    ("arabic", "ٴبىراق", "бірақ"),
]
REPAIRED = [
    ("Қaзaқстaн Рecпубликacы", "Қазақстан Республикасы"),
    ("үшiн", "үшін"),
    ("Əлем", "Әлем"),
    ("Аstana", "Astana"),
    ("Facebookте", "Facebookте"),
    ("COVID-тің", "COVID-тің"),
    ("КB", "КB"),
    ("ҰBT", "ҰВТ"),
    ("plain English", "plain English"),
]
SCRIPTS = ["latin-2021", "latin-2018", "latin-2017", "arabic", None]


@pytest.mark.parametrize(("alphabet", "cyrillic", "latin"), LATIN)
def test_to_latin(alphabet, cyrillic, latin):
    assert to_latin(cyrillic, alphabet) == latin


@pytest.mark.parametrize(("cyrillic", "arabic"), ARABIC)
def test_to_arabic(cyrillic, arabic):
    assert to_arabic(cyrillic) == arabic


@pytest.mark.parametrize(("script", "text", "cyrillic"), CYRILLIC)
def test_to_cyrillic(script, text, cyrillic):
    assert to_cyrillic(text, script).text == cyrillic


@pytest.mark.parametrize(("text", "repaired"), REPAIRED)
def test_repair(text, repaired):
    assert repair(text) == repaired
    assert len(repair(text)) == len(text)


def test_spans_lead_back_to_the_original():
    text = "Şymkent pen Щuchinsk"
    reading = as_matched(text, "latin-2021")
    start = reading.text.index("пен")
    assert text[slice(*reading.original(start, start + 3))] == "pen"
    decomposed = "и\u0306од және қала\u00adсы"
    reading = as_matched(decomposed)
    assert reading.text == "йод және қаласы"
    assert decomposed[slice(*reading.original(0, 3))] == "и\u0306од"
    assert decomposed[slice(*reading.original(9, 15))] == "қала\u00adсы"


def test_usual_text_has_no_reading():
    assert as_matched("Қазақстан Республикасының президенті, Facebook пен COVID-19.") is None
    assert as_matched("The President of Kazakhstan.") is None


@given(st.text(), st.sampled_from(SCRIPTS))
def test_any_text_is_read_within_its_own_spans(text, script):
    reading = as_matched(text, script)
    if reading is None:
        return
    assert len(reading.starts) == len(reading.ends) == len(reading.text)
    assert all(0 <= start <= end <= len(text) for start, end in zip(reading.starts, reading.ends, strict=True))
    assert list(reading.starts) == sorted(reading.starts)


@given(st.text(alphabet="абвгғдежзикқлмнңоөпрстуұүфшыі ", max_size=40))
def test_native_letters_come_back_from_latin(text):
    # и after a vowel is й in every Latin alphabet, and т with с, ш or с with х make another letter.
    if any(pair in text for pair in ("и", "тс", "тш", "шш")):
        return
    for script, alphabet in (("latin-2021", "2021"), ("latin-2017", "2017")):
        assert to_cyrillic(to_latin(text, alphabet), script).text.replace("э", "е") == text.replace("э", "е")
