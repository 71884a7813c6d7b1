"""Two hundred pairs that look like some and are none: denials, roles, signs, copies, languages, fragments, captions."""

from itertools import product

import pytest

from align.errors import InputError
from align.pipeline.judge import judge_pairs
from align.tools import load_tools

WHO = [
    ("Президент", "The president"),
    ("Министр", "The minister"),
    ("Әкім", "The mayor"),
    ("Депутат", "The deputy"),
    ("Сот", "The court"),
    ("Ректор", "The rector"),
]
DENIED = [
    ("жаңа заңға қол қоймады.", "signed the new law."),
    ("келісімге қол қойды.", "did not sign the agreement."),
    ("Алматыға келген жоқ.", "came to Almaty."),
    ("жиналысқа қатысты.", "did not take part in the meeting."),
    ("жаңа мектепті ашпады.", "opened the new school."),
    ("жобаны қолдамайды.", "supports the project."),
    ("жобаны қолдайды.", "does not support the project."),
    ("сұраққа жауап бермеді.", "answered the question."),
]
NAMES = [("Асқар", "Askar"), ("Болат", "Bolat"), ("Марат", "Marat"), ("Серік", "Serik"), ("Ержан", "Yerzhan")]
ROLES = [("{0} {1}ты жеңді.", "{1} beat {0}."), ("{0} {1}ты көрді.", "{1} saw {0}.")]
SIGNED = [
    ("{0} қалада ауа температурасы минус {1} градус болады.", "The temperature in the city will be plus {1} degrees."),
    ("Бензин бағасы {1} пайызға өсті.", "The price of petrol fell by {1} percent."),
    ("Экспорт {1} пайызға төмендеді.", "Exports rose by {1} percent."),
]
SIZES = ("12", "13", "15", "17", "23", "28", "34", "37", "39", "46", "52", "57", "64", "68", "78", "82")
COPIED = [
    "Қазақстан Республикасы Үкіметі",
    "Үкімет жаңа бағдарлама қабылдады.",
    "Қаладағы ескі көпір жөнделді.",
    "Балалар жазда лагерьге барады.",
    "Ғалымдар жаңа жұлдыз тапты.",
    "The government adopted a new programme.",
    "The old bridge in the city was repaired.",
    "Children go to camp in summer.",
    "Scientists have found a new star.",
    "The committee will meet again on Monday.",
]
FOREIGN = [
    "Правительство приняло новую программу развития.",
    "Старый мост в городе отремонтировали.",
    "Дети летом поедут в лагерь.",
    "Учёные нашли новую звезду.",
    "Комитет снова соберётся в понедельник.",
]
SENTENCES = [
    ("Үкімет жаңа даму бағдарламасын қабылдады.", "The government adopted a new development programme."),
    ("Қаладағы ескі көпір жөнделді.", "The old bridge in the city was repaired."),
    ("Балалар жазда лагерьге барады.", "Children will go to camp in summer."),
    ("Ғалымдар жаңа жұлдыз тапты.", "Scientists have found a new star."),
]
FRAGMENTS = [
    ("НҰР-СҰЛТАН, 5 наурыз.", "The talks in Nur-Sultan on March 5 were led by the foreign minister."),
    ("Алматы, 2021 жыл.", "Thousands of people came out into the streets of Almaty in 2021."),
    ("Қазақстан президенті Қасым-Жомарт Тоқаев", "President Kassym-Jomart Tokayev dismissed the government on Monday."),
    ("Астана, 12 мамыр.", "The forum in Astana opened on May 12 with a speech of the president."),
    ("АҚШ мемлекеттік хатшысы Майк Помпео", "U.S. Secretary of State Mike Pompeo warned the country about China."),
    ("Мәскеуде екі ел басшысы келісімге қол қойды.", "Moscow, Russia"),
    ("Тоқаев бейсенбіде үкіметті таратты.", "Kassym-Jomart Tokayev"),
    ("Алматыда 5 қаңтарда наразылық шеруі өтті.", "Almaty, January 5"),
    ("Премьер-министр Асқар Мамин есеп берді.", "Prime Minister Askar Mamin"),
    ("2019 жылы Қытай жаңа зауыт салды.", "China, 2019"),
]
CAPTIONS = [
    ("Көрнекі сурет.", "The president signed a law on land reform."),
    ("Сурет: Reuters", "Reuters reported that the talks had failed."),
    ("Фото: Ақорда баспасөз қызметі", "The press service of Akorda denied the report."),
    ("Видео: Азаттық радиосы", "Azattyq Radio was fined by the court."),
    ("Алматыдағы наразылық шеруі, 2020 жыл.", "The commission said that turnout in Almaty had been low."),
    ("Қытайдағы мұсылмандар туралы заң қабылданды.", "A man prays in a mosque. Illustrative photo."),
    ("Президент сайлау күнін жариялады.", "A polling station in Almaty. Archive photo."),
    ("Дәрігерлер ауруды зерттеп жатыр.", "Photo: TASS"),
    ("Алматыдағы митинг, 2020 жыл", "Police detained dozens at the rally in Almaty in 2020."),
    ("Алматыда 2019 жылғы 9 мамырдағы шеруде жүздеген адам ұсталды.", "A rally in Almaty. May 9, 2019"),
    ("Астанадағы жаңа көпір (2019 жыл)", "The new bridge in Astana was opened in 2019."),
    ("Қытай 2018 жылы мешітті жапты.", "A mosque in China, June 2018"),
]
UNRELATED = [
    ("Бүгін ауа райы жылы.", "The president signed the new law."),
    ("Күн ашық.", "The match ended in a draw."),
    ("Мектеп жабылды.", "The bank raised its rate."),
    ("Нан қымбаттады.", "The singer released an album."),
    ("Ұшақ кешікті.", "The festival begins in May."),
    ("Дүкен ашылды.", "He is fifty years old."),
    ("Ол қуанды.", "The river has frozen over."),
    ("Қар жауды.", "The court fined the company."),
]
KINDS = {
    "denial": [(f"{a} {k}", f"{b} {e}") for (a, b), (k, e) in product(WHO, DENIED)],
    "role": [
        (k.format(a[0], b[0]), e.format(a[1], b[1]))
        for a, b, (k, e) in product(NAMES, [("Болат", "Bolat"), ("Марат", "Marat")], ROLES)
        if a != b
    ],
    "sign": [(k.format("Бұл", n), e.format("", n)) for (k, e), n in product(SIGNED, SIZES)],
    "copy": [(text, text) for text in COPIED],
    "language": [
        *[(text, english) for text, (_, english) in product(FOREIGN, SENTENCES)],
        *[(kazakh, text) for text, (kazakh, _) in product(FOREIGN, SENTENCES)],
    ],
    "fragment": FRAGMENTS,
    "caption": CAPTIONS,
    "unrelated": [*UNRELATED, *((a, d) for (a, b), (c, d) in product(SENTENCES, SENTENCES) if a != c)],
}
SHORT_AND_TRUE = [
    ("Иран", "Iran"),
    ("Ол келді.", "He came."),
    ("Ол студент.", "She is a student."),
    ("Үкімет жаңа заң қабылдады.", "The government adopted a new law."),
]
SHORT_AND_LIKELY = [("Қар жауды.", "It snowed."), ("Жаңбыр жауды.", "It rained."), ("Мен үйге бардым.", "I went home.")]


@pytest.fixture(scope="module")
def link():
    tools = load_tools(cached=False)

    def of(pair):
        try:
            return judge_pairs([pair], "pairs", tools).links[0]
        except InputError:
            return None

    return of


def test_there_are_two_hundred():
    assert sum(map(len, KINDS.values())) >= 200


@pytest.mark.parametrize("kind", KINDS)
def test_none_is_accepted(link, kind):
    links = [(pair, link(pair)) for pair in KINDS[kind]]
    accepted = [(pair, each.probability, each.relation) for pair, each in links if each and each.status == "accepted"]
    assert accepted == []


@pytest.mark.parametrize("pair", SHORT_AND_TRUE)
def test_short_and_true_is_likely(link, pair):
    assert link(pair).probability > 0.8


@pytest.mark.parametrize("pair", SHORT_AND_LIKELY)
def test_short_sentences_of_other_words_are_shown(link, pair):
    assert link(pair).probability > 0.3


@pytest.mark.parametrize("pair", UNRELATED)
def test_unrelated_sentences_are_not_shown(link, pair):
    assert link(pair).probability < 0.05
