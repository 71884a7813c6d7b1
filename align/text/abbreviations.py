"""Kazakh and English words that tell whether a full stop ends a sentence.

Every entry is written without its last full stop. One in lower case is known in any case, one with a capital only so:
"Sat." is a day, "sat." the past of sit.
"""

from __future__ import annotations

from typing import Final

from align.types import Lang

__all__ = ["BINDING", "CLOSING", "DAYS_AND_ZONES", "LEANING", "LETTERED", "NUMBERED", "SPEECH", "STARTERS", "is_listed"]


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# What follows belongs to it, whatever it is: titles, "see", "about", "versus".
BINDING: Final[dict[Lang, frozenset[str]]] = {
    "en": _words(
        "Mr Mrs Ms Messrs Mx Dr Drs Prof Gen Col Lt Maj Capt Cpl Cmdr Sgt Adm Brig Pvt Sen Sens Rep Reps Gov Govs Pres"
        " Rev Fr Hon Supt Insp Det Amb Mme Mlle St Ste Mt Ft vs v e.g i.e cf viz c ca approx incl excl esp resp tel"
        " Atty ret ex"
    ),
    "kk": _words(
        "проф акад доц ген полк подполк лейт кап адм инж маг мыс мәс салыст шам тел факс эл г-н г-жа м-р им тов"
        " Дж Дз Св"
    ),
}

# A number follows where it is an abbreviation: "No. 5", but "She said no."
NUMBERED: Final[dict[Lang, frozenset[str]]] = {
    "en": _words("no nos p pp par para vol vols ch chap fig figs sec sect art arts eq eqs tab app op Sun Mon"),
    "kk": _words("қар кес сур рис"),
}

# More of the sentence mostly follows; only a word that opens sentences shows that it was the end.
LEANING: Final[dict[Lang, frozenset[str]]] = {
    "en": _words(
        "Inc Corp Ltd Co Cos Bros LLC plc Jr Sr Esq Ph.D M.D B.A M.A Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec"
        " Tue Tues Wed Thu Thur Thurs Fri Sat Ave Blvd Rd Sq Dept Univ Assn Bldg Ste Calif Conn Fla Ga Mass Mich Minn"
        " Tenn Tex Va Wis Ariz Ala Colo Okla Ill Pa Vt al ed eds trans ibid est hr hrs min mins ft lb lbs oz mph"
        " Th Yu Ya Ye Chr Wm Geo Chas Jas Thos"
    ),
    "kk": _words(
        "ж жж ғ ғғ б.з.д б.з.б б.д.д б.э.д б.з қ ауд обл көш даң даңғ пр ш.а мкр кв өз ст ред авт ауыл.окр а.о"
        " т.ғ.д т.ғ.к ф.ғ.д ф.ғ.к э.ғ.д э.ғ.к м.ғ.д м.ғ.к п.ғ.д п.ғ.к т.ж қаң ақп нау сәу мам мау шіл там қыр қаз"
        " қар жел дүй сей сәр бей жұм лат ағылш орыс.т араб гр нем фр"
    ),
}

# The sentence mostly ends with it when a capital follows: ends of lists, units after a number.
CLOSING: Final[dict[Lang, frozenset[str]]] = {
    "en": _words("etc a.m p.m km kg cm mm bn mn sq yd yds"),
    "kk": _words(
        "т.б а.т.б ж.т.б т.с.с т.т т.сс т.с млн млрд трлн сағ мин сек тг тең км м см мм кг г га ц л т шқ б дана м.б шм"
    ),
}

DAYS_AND_ZONES: Final = _words(
    "Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April May June July August"
    " September October November December Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec Eastern Central Pacific"
    " Moscow Greenwich London Beijing Astana Almaty EST EDT ET CST PST PDT PT GMT UTC CET BST MSK"
)
"""What may stand between "10 a.m." and the end of its sentence."""

LETTERED: Final = _words(
    "plan vitamin vitamins hepatitis grade class group section type appendix annex part point option category column"
    " block zone wing gate hall exhibit schedule letter variant league channel әрпі дәрумені дәрумен витамині витамин"
    " гепатит гепатиті класс сынып сыныбы топ тобы санаты санат бөлік нұсқа нұсқасы блок қосымша қосымшасы лига"
)
"""Words that a single letter follows which is no one's initial: "vitamin C.\""""

SPEECH: Final = _words(
    "said says asked asks added adds replied answered cried shouted whispered wondered exclaimed wrote tweeted"
    " деді дейді деген дегенді деп сұрады сұрайды айтты айтады жауап айқайлады жазды жазады қосты таңғалды"
)
"""Verbs of saying, which tie what follows a quotation to it."""

STARTERS: Final[dict[Lang, frozenset[str]]] = {
    "en": _words(
        "The This That These Those There They Their Then Than Thus He His Her Hers She It Its We Our I My Me You"
        " Your A An And But Or Nor So Yet For From In On At By To Of With Without Within Under Over Into Upon Up"
        " After Before During Since Until Till While When Where Why What Who Whom Whose Which How If As Although"
        " Though Because Unless However Moreover Furthermore Therefore Meanwhile Nevertheless Otherwise Instead Also"
        " Still Even Only Just Not No Nobody Nothing None Neither Either Both All Some Many Most Several Few Each"
        " Every Everyone Another Other Others Any Anyone Once Now Today Yesterday Tomorrow Later Here Earlier Last"
        " Next Two Three Four Five Six Ten One According Despite Among Between Across Against About Is Are Was Were"
        " Do Does Did Has Have Had Will Would Can Could Should Please Let See"
    ),
    "kk": _words(
        "Ол Олар Оның Олардың Оған Онда Одан Оны Оларды Оларға Онымен Осы Осылай Осылайша Осыдан Осыған Осында Осының"
        " Осыны Бұл Бұлар Бұдан Бұған Бұнда Бұның Бұны Мұны Мұның Мұнда Мұндай Мұндағы Мұнымен Сол Солай Сонда Содан"
        " Соның Соны Соған Солардың Сондықтан Сондай-ақ Сондай Сонымен Сосын Сөйтіп Сонан Мен Менің Маған Мені Біз"
        " Біздің Бізге Бізді Бізде Сіз Сіздің Сізге Сіздер Сен Сенің Ал Алайда Бірақ Дегенмен Әйтпесе Әйткенмен Әрине"
        " Егер Егерде Кейін Кейіннен Кейінірек Бүгін Бүгінде Бүгінгі Кеше Ертең Қазір Қазіргі Қазірде Былтыр Биыл"
        " Биылғы Алғаш Алғашқы Алдымен Алғашында Барлығы Барлық Бәрі Мысалы Яғни Себебі Өйткені Тіпті Тек Тағы Демек"
        " Әр Әрбір Кейбір Көп Көбі Көптеген Көпшілігі Бірнеше Бір Бірі Бірде Екі Екеуі Екінші Бірінші Үшінші Үш Төрт"
        " Бес Он Соңғы Соңында Нәтижесінде Жалпы Жаңа Кім Не Неге Қандай Қайда Қашан Қалай Иә Жоқ Рас Міне Айта Атап"
        " Ең Енді Ендеше Өзі Өзінің Оқиға Жұрт Айтпақшы Әсіресе Әлі Әзірге Десе Десек Сөз Құжатта Орташа Артық Негізгі"
        " Негізінен Шамамен Сәйкесінше Керісінше Әдетте Ақыры Бастапқыда Түрлі Барша Бұрын Бұрынғы Бұрыннан Дәл"
    ),
}
"""Words that, capitalised, open a sentence far oftener than they continue a name."""


def is_listed(token: str, words: frozenset[str]) -> bool:
    """Say whether a token is in a list whose lower-case entries hold for any case.

    >>> is_listed("No", NUMBERED["en"]), is_listed("sun", NUMBERED["en"])
    (True, False)
    """
    return token in words or token.lower() in words or (token.isupper() and token.capitalize() in words)
