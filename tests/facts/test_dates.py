"""Dates: whole, partial, spans, told from the day of writing (17 September 2019), and words that are no dates."""

import datetime

import pytest

from align.facts.dates import iso, relative, same_date

KK = {
    "26 сәуірде": ["date --04-26"],
    "наурыздың 19-ы күні": ["date --03-19"],
    "қыркүйектің 14-і": ["date --09-14"],
    "қыркүйектің он төртінде": ["date --09-14"],
    "2 ақпанда": ["date --02-02"],
    "2019 жылғы 19 наурыз": ["date 2019-03-19"],
    "2024 жылғы 5 наурыз": ["date 2024-03-05"],
    "2005 жылғы тамыздың 24-і күні": ["date 2005-08-24"],
    "2017 жылдың 29 қыркүйегінде": ["date 2017-09-29"],
    "5 наурыз 2024 жыл": ["date 2024-03-05"],
    "26-сәуір": ["date --04-26"],
    "5-ші наурыз": ["date --03-05"],
    "12.05.2019": ["date 2019-05-12"],
    "1–2 шілде": ["date --07-01/--07-02 range"],
    "9-10 шілдеде": ["date --07-09/--07-10 range"],
    "5 және 10 тамыз аралығында": ["date --08-05/--08-10 range"],
    "2019 жылғы 4-5 қараша": ["date 2019-11-04/2019-11-05 range"],
    "31 желтоқсаннан 1 қаңтарға қараған түн": ["date --12-31", "date --01-01"],
    "30 ақпан": ["number 30", "date --02"],
    "2017 жылдың көктемінде": ["date 2017-SP"],
    "2017 жылдың сәуір айынан": ["date 2017-04"],
    "2018 жылғы қаңтарда": ["date 2018-01"],
    "2018 жылғы қаңтар-қарашада": ["date 2018-01/2018-11 range"],
    "маусым айында": ["date --06"],
    "мамыр айында": ["date --05"],
    "тамызда": ["date --08"],
    "қаңтар айының соңы": ["date --01"],
    "2019 жылы": ["date 2019"],
    "2025 жылға дейін": ["date 2025"],
    "2004 жылдан бастап": ["date 2004"],
    "2018 жылмен салыстырғанда": ["date 2018"],
    "2019 ж.": ["date 2019"],
    "2015-2018 жылдары": ["date 2015/2018 range"],
    "2017-2018 оқу жылы": ["date 2017/2018 range"],
    "1995 жылдан 2007 жылға дейін": ["date 1995", "date 2007"],
    "1990 жылдары": ["date 199X"],
    "90-жылдары": ["date 199X"],
    "жексенбі күні": ["date -W-7"],
    "бейсенбіде": ["date -W-4"],
    "жұма күні": ["date -W-5"],
    "былтыр": ["date Y-1"],
    "биыл": ["date Y+0"],
    "кеше": ["date D-1"],
    "өткен айда": ["date M-1"],
    "келесі аптада": ["date W+1"],
    "осы жылдың шілдесінде": ["date --07"],
    "биыл наурыздың 19-ы күні": ["date --03-19"],
    # Years against counts, feasts, seasons, cauldrons, nowadays.
    "2000 адам": ["number 2000"],
    "2019 адам": ["number 2019"],
    "2 жыл бұрын": ["quantity 2 year"],
    "2000 жыл бұрын": ["quantity 2000 year"],
    "27 жыл": ["quantity 27 year"],
    "11 айдың қорытындысы": ["quantity 11 month"],
    "осы маусымда": [],
    "биыл маусымда": ["date --06"],
    "Маусымда сайлау өтеді": ["date --06"],
    "бағалар қазанда өсті": ["date --10"],
    "жаңа маусым басталды": [],
    "жазғы маусымда": [],
    "9 маусымда": ["date --06-09"],
    "жылыту маусымына": [],
    "маусымдық жұмыс": [],
    "қазанда ет қайнады": [],
    "10 қазанда": ["date --10-10"],
    "24 қазандық": ["number 24"],
    "көзге дәрі тамыз": [],
    "Наурыз мейрамы": ["name nauryz"],
    "наурызда": ["date --03"],
    "бүгінгі таңда": ["date D+0"],
    "1990-2000 жылдары": ["date 1990/2000 range"],
    "(1644-1912)": ["date 1644/1912 range"],
    "Open 2010 турнирі": ["name open", "number 2010"],
    "«Silk Way 2009»": ["name silk way", "date 2009"],
    "түнгі сағат 2-де": ["time 02:00"],
    "кешкі сағат 7-де": ["time 19:00"],
    "жарты сағат": ["quantity 0.5 hour"],
    "бүгінгі кездесу": ["date D+0"],
    "өнеркәсіп кешені": [],
    "2005 жылғы тамыздың 24-і күні сағат 20-да": ["date 2005-08-24", "time 20:00"],
    "таңғы сағат 8:30 шамасында": ["time 08:30"],
    "сағат 20.00-де": ["time 20:00"],
    "түнгі 11:30-да": ["time 23:30"],
    "5 сағат": ["quantity 5 hour"],
}

EN = {
    "February 1": ["date --02-01"],
    "on July 1-2": ["date --07-01/--07-02 range"],
    "9-10 July": ["date --07-09/--07-10 range"],
    "from Aug. 5 to 10, 2019": ["date 2019-08-05/2019-08-10 range"],
    "March 19, 2019": ["date 2019-03-19"],
    "5 March 2024": ["date 2024-03-05"],
    "5th of March, 2024": ["date 2024-03-05"],
    "Friday, September 29, 2017": ["date -W-5", "date 2017-09-29"],
    "Sep 27": ["date --09-27"],
    "Nov. 26": ["date --11-26"],
    "jan. 10, 2017": ["date 2017-01-10"],
    "2019-05-12": ["date 2019-05-12"],
    "05/12/2019": ["date 2019-05-12"],
    "25/12/2019": ["date 2019-12-25"],
    "February 30": ["date --02", "number 30"],
    "in August 2018": ["date 2018-08"],
    "January-November 2018": ["date 2018-01/2018-11 range"],
    "in March": ["date --03"],
    "in the spring of 2017": ["date 2017-SP"],
    "summer 2018": ["date 2018-SU"],
    "in 2019": ["date 2019"],
    "the 2016 presidential election": ["date 2016"],
    "2010-2015": ["date 2010/2015 range"],
    "from 1995 to 2007": ["date 1995", "date 2007"],
    "the 1990s": ["date 199X"],
    "on Sunday": ["date -W-7"],
    "last year": ["date Y-1"],
    "this month": ["date M+0"],
    "yesterday": ["date D-1"],
    "last night": ["date D-1"],
    "last weekend": ["date W-1"],
    "next week": ["date W+1"],
    "July of last year": ["date --07"],
    # Months that are words too, years against counts.
    "He may come": [],
    "They march on": [],
    "March on, they said": [],
    "an august body": [],
    "in May": ["date --05"],
    "May 9": ["date --05-09"],
    "2000 people": ["number 2000"],
    "more than 2000 of them": ["number 2000 at_least"],
    "over the past 5 years": ["quantity 5 year"],
    "by spring": [],
    "the fall of the wall": [],
    "at 8.30am": ["time 08:30"],
    "at 7 p.m.": ["time 19:00"],
    "at 11:30": ["time 11:30"],
    "at 12.00 GMT": ["time 12:00"],
    "at 1200 GMT": ["time 12:00"],
    "10:00-11:00 pm": ["time 22:00", "time 23:00"],
    "on Tuesday's visit": ["date -W-2"],
    "in his 20s": ["number 20"],
    "half an hour": ["quantity 0.5 hour"],
    "12 a.m.": ["time 00:00"],
}

DATED = [
    ("былтыр", "kk", ["date 2018"]),
    ("биыл", "kk", ["date 2019"]),
    ("өткен айда", "kk", ["date 2019-08"]),
    ("кеше", "kk", ["date 2019-09-16"]),
    ("келесі аптада", "kk", ["date 2019-W39"]),
    ("биыл наурыздың 19-ы күні", "kk", ["date 2019-03-19"]),
    ("былтыр мамырда", "kk", ["date 2018-05"]),
    ("осы жылдың мамырында", "kk", ["date 2019-05"]),
    ("2 ақпанда", "kk", ["date --02-02"]),
    ("last year", "en", ["date 2018"]),
    ("this month", "en", ["date 2019-09"]),
    ("yesterday", "en", ["date 2019-09-16"]),
    ("last month", "en", ["date 2019-08"]),
]

SAME = [
    ("2020-02-01", "2020-02-01", True),
    ("2020-02-01", "--02-01", True),
    ("2020-02-01", "2020", True),
    ("2020-02", "--02-01", True),
    ("2020-02-02", "-W-7", True),
    ("2020-02-02", "-W-6", False),
    ("2017-SP", "2017-04", True),
    ("2017-SP", "2017-09", False),
    ("2019-12-31", "2020-01-01", False),
    ("--12-31", "--01-01", False),
    ("--02-01", "--02-02", False),
    ("2019", "2018-02", False),
    ("2019", "--02", None),
    ("2019", "-W-1", None),
    ("Y-1", "Y+0", False),
    ("Y-1", "2018", None),
    ("196X", "1967", True),
    ("196X", "1977", False),
    ("196X", "--02", None),
    ("--07-01/--07-02", "--07-02", True),
    ("--07-01/--07-02", "--07-05", False),
    ("2018-01/2018-11", "2018-01/2018-11", True),
]


@pytest.mark.parametrize(("text", "facts"), KK.items())
def test_kazakh_dates(written, text, facts):
    assert written(text, "kk") == facts


@pytest.mark.parametrize(("text", "facts"), EN.items())
def test_english_dates(written, text, facts):
    assert written(text, "en") == facts


@pytest.mark.parametrize(("text", "lang", "facts"), DATED)
def test_relative_dates_with_the_day_of_writing(written, text, lang, facts):
    assert written(text, lang, dated=True) == facts


@pytest.mark.parametrize(("source", "target", "same"), SAME)
def test_same_date(source, target, same):
    assert same_date(source, target) is same
    assert same_date(target, source) is same


@pytest.mark.parametrize(
    ("unit", "step", "reference", "value"),
    [
        ("D", 1, datetime.date(2019, 12, 31), "2020-01-01"),
        ("D", -1, datetime.date(2020, 3, 1), "2020-02-29"),
        ("M", -1, datetime.date(2020, 1, 31), "2019-12"),
        ("M", 1, datetime.date(2019, 12, 1), "2020-01"),
        ("W", 1, datetime.date(2019, 12, 30), "2020-W02"),
        ("Y", -1, datetime.date(2020, 1, 1), "2019"),
    ],
)
def test_relative_across_the_end_of_the_year(unit, step, reference, value):
    assert relative(unit, step, reference) == value


def test_iso_refuses_days_that_do_not_exist():
    assert [iso(2019, 2, 29), iso(2020, 2, 29), iso(None, 2, 29), iso(None, 4, 31)] == [
        None,
        "2020-02-29",
        "--02-29",
        None,
    ]
