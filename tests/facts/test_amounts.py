"""Percent, money, ages and units."""

import pytest

KK = {
    "20 пайыз": ["percent 20 percent"],
    "20 пайызға жуық": ["percent 20 percent approximate"],
    "4,6%-ды құрады": ["percent 4.6 percent"],
    "2 % деңгейінде": ["percent 2 percent"],
    "20%-дан астам": ["percent 20 percent at_least"],
    "отыз пайызы": ["percent 30 percent"],
    "5-7 пайыз": ["percent 5/7 percent range"],
    "26 пайызға көп": ["percent 26 percent"],
    "100 теңге": ["money 100 KZT"],
    "500 000 доллар": ["money 500000 USD"],
    "100 млн теңге": ["money 100000000 KZT"],
    "3 млрд доллардан астам": ["money 3000000000 USD at_least"],
    "18,4 долларға": ["money 18.4 USD"],
    "1000 АҚШ доллары": ["money 1000 USD"],
    "500 рубль": ["money 500 RUB"],
    "200 еуро": ["money 200 EUR"],
    "300 юань": ["money 300 CNY"],
    "500 ₸": ["money 500 KZT"],
    "$ 2,6 трлн": ["money 2600000000000 USD"],
    "миллион теңге": ["money 1000000 KZT"],
    "66 жастағы": ["age 66 year"],
    "65 жасында": ["age 65 year"],
    "20 жасар": ["age 20 year"],
    "он сегіз жасқа толған": ["age 18 year"],
    "5 жыл": ["quantity 5 year"],
    "екі апта": ["quantity 2 week"],
    "5 күндік": ["quantity 5 day"],
    "10 километр": ["quantity 10 kilometer"],
    "10 шақырымнан астам": ["quantity 10 kilometer at_least"],
    "15,2 млн га": ["quantity 15200000 hectare"],
    "131,1 мың гектарға": ["quantity 131100 hectare"],
    "5 млн тоннаға дейін": ["quantity 5000000 tonne at_most"],
    "40 000 м3": ["quantity 40000 cubic-meter"],
    "20 шаршы метр": ["quantity 20 square-meter"],
    "1042 МВт": ["quantity 1042 megawatt"],
    "3 есе өсті": ["quantity 3 times"],
    "үш рет": ["quantity 3 times"],
    "үш онжылдық": ["quantity 30 year"],
}

EN = {
    "20 percent": ["percent 20 percent"],
    "20 per cent": ["percent 20 percent"],
    "4.6%": ["percent 4.6 percent"],
    "10 %": ["percent 10 percent"],
    "nearly 20 percent": ["percent 20 percent approximate"],
    "three percent": ["percent 3 percent"],
    "5-7%": ["percent 5/7 percent range"],
    "$500,000": ["money 500000 USD"],
    "$ 18.40": ["money 18.4 USD"],
    "$1.5bn": ["money 1500000000 USD"],
    "$5m": ["money 5000000 USD"],
    "$150K": ["money 150000 USD"],
    "US$300": ["money 300 USD"],
    "more than $ 37,000": ["money 37000 USD at_least"],
    "£300,000": ["money 300000 GBP"],
    "€20": ["money 20 EUR"],
    "KZT 100 mln": ["money 100000000 KZT"],
    "100 million tenge": ["money 100000000 KZT"],
    "3bln dollars": ["money 3000000000 USD"],
    "500 US dollars": ["money 500 USD"],
    "300 yuan": ["money 300 CNY"],
    "two million rubles": ["money 2000000 RUB"],
    "a 66-year-old man": ["age 66 year"],
    "66 years old": ["age 66 year"],
    "aged 66": ["age 66 year"],
    "at the age of 66": ["age 66 year"],
    "Toqaev, 66, became": ["name toqaev", "age 66 year"],
    "nearly 30 years": ["quantity 30 year approximate"],
    "two weeks": ["quantity 2 week"],
    "a five-day trip": ["quantity 5 day"],
    "16-point plan": ["number 16"],
    "10 miles": ["quantity 10 mile"],
    "15.2 million ha": ["quantity 15200000 hectare"],
    "8.00m": ["quantity 8 meter"],
    "20 sq km": ["quantity 20 square-kilometer"],
    "three times": ["quantity 3 times"],
    "three years and a half": ["quantity 3.5 year"],
    "five hundred yards": ["quantity 500 yard"],
    "three decades": ["quantity 30 year"],
    "5 in the morning": ["number 5"],
}


@pytest.mark.parametrize(("text", "facts"), KK.items())
def test_kazakh_amounts(written, text, facts):
    assert written(text, "kk") == facts


@pytest.mark.parametrize(("text", "facts"), EN.items())
def test_english_amounts(written, text, facts):
    assert written(text, "en") == facts
