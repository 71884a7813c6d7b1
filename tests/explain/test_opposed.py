"""Pairs whose words correspond: they say the same, or one denies what the other tells, or turns it round."""

import pytest

from align.encode.ngram import NgramEncoder
from align.explain.explainer import FactExplainer
from align.sides import SideBuilder

OPPOSED = [
    ("Президент жаңа заңға қол қоймады.", "The president signed the new law."),
    ("Президент заңға қол қойды.", "The president did not sign the law."),
    ("Министр қызметінен кетпейді.", "The minister will leave his post."),
    ("Министр қызметінен кетеді.", "The minister won't leave his post."),
    ("Парламент бюджетті қабылдамады.", "Parliament adopted the budget."),
    ("Парламент бюджетті қабылдады.", "Parliament rejected the budget."),
    ("Компания келісімге қол қоюдан бас тартты.", "The company agreed to sign the agreement."),
    ("Компания келісімге қол қойды.", "The company refused to sign the agreement."),
    ("Сот оның шағымын қанағаттандырмады.", "The court satisfied his complaint."),
    ("Дүкенде нан бар.", "There is no bread in the shop."),
    ("Дүкенде нан жоқ.", "There is bread in the shop."),
    ("Ол мұғалім емес.", "He is a teacher."),
    ("Ол мұғалім.", "He is not a teacher."),
    ("Жиналысқа барлығы келді.", "Nobody came to the meeting."),
    ("Ол үнемі өтірік айтады.", "He never lies."),
    ("Полиция күдіктіні ұстай алмады.", "Police were able to catch the suspect."),
    ("Полиция күдіктіні ұстады.", "Police failed to catch the suspect."),
    ("Зауыт әлі жұмыс істейді.", "The plant no longer works."),
    ("Бағалар төмендеді.", "Prices rose."),
    ("Бағалар өсті.", "Prices fell."),
    ("Жолаушылар аман қалды.", "The passengers were killed."),
    ("Жолаушылар қаза тапты.", "The passengers survived."),
    ("Жұмыссыздық азайды.", "Unemployment increased."),
    ("Асқар Болатты жеңді.", "Bolat beat Askar."),
    ("Асқар Болатты жеңді.", "Askar was beaten by Bolat."),
    ("Ресей Қытайға газ сатты.", "China sold gas to Russia."),
    ("Түркия Израильге нота тапсырды.", "Israel handed a note to Turkey."),
    ("Франция Германиядан электр қуатын алды.", "Germany received electricity from France."),
    ("Ерлан Маратты сынады.", "Marat criticised Yerlan."),
    ("Қазақстан Өзбекстанды ұтты.", "Uzbekistan beat Kazakhstan."),
    ("Дәрігерлер операция жасаған жоқ.", "Doctors performed the operation."),
    ("Сайлау өткен жоқ.", "The election was held."),
    ("Сайлау өтті.", "The election was not held."),
    ("Мектеп бүгін ашылмайды.", "The school will open today."),
    ("Мектеп бүгін ашылады.", "The school won't open today."),
    ("Шекара ашылды.", "The border was closed."),
    ("Шекара жабылды.", "The border was opened."),
    ("Журналист қамауға алынды.", "The journalist was released."),
    ("Журналист босатылды.", "The journalist was arrested."),
    ("Митингке рұқсат берілді.", "The rally was banned."),
    ("Митингке рұқсат берілмеді.", "The rally was allowed."),
    ("Үкімет көмек көрсетпеді.", "The government provided aid."),
    ("Үкімет көмек көрсетті.", "The government did not provide aid."),
    ("Ол айыбын мойындамады.", "He admitted his guilt."),
    ("Ол айыбын мойындады.", "He denied his guilt."),
    ("Қала сумен қамтамасыз етілмеген.", "The city is supplied with water."),
    ("Аурухана жаңа жабдық алмады.", "The hospital received new equipment."),
    ("Банк несие берді.", "The bank didn't give a loan."),
    ("Банк несие бермеді.", "The bank gave a loan."),
    ("Әкім халықпен кездескен жоқ.", "The governor met with the people."),
    ("Жол салынып біткен жоқ.", "The road has been completed."),
    ("Студенттер емтиханнан өтпеді.", "The students passed the exam."),
    ("Студенттер емтиханнан өтті.", "The students did not pass the exam."),
    ("Тұрғындар үйлерінен көшпейді.", "Residents will move from their homes."),
    ("Өрт сөндірілген жоқ.", "The fire has been put out."),
    ("Апат болды.", "There was no accident."),
    ("Бүгін жаңбыр жауады.", "It will not rain today."),
    ("Үндістан Пәкістанмен келіссөз жүргізбейді.", "India will negotiate with Pakistan."),
    ("Азаматтар визасыз кіре алады.", "Citizens can enter with a visa."),
]
SAME = [
    ("Президент жаңа заңға қол қоймады.", "The president did not sign the new law."),
    ("Президент заңға қол қойды.", "The president signed the law."),
    ("Министр қызметінен кетпейді.", "The minister will not leave his post."),
    ("Парламент бюджетті қабылдамады.", "Parliament did not adopt the budget."),
    ("Парламент бюджетті қабылдамады.", "Parliament rejected the budget."),
    ("Компания келісімге қол қоюдан бас тартты.", "The company refused to sign the agreement."),
    ("Сот оның шағымын қанағаттандырмады.", "The court did not satisfy his complaint."),
    ("Дүкенде нан жоқ.", "There is no bread in the shop."),
    ("Ол мұғалім емес.", "He is not a teacher."),
    ("Жиналысқа ешкім келген жоқ.", "Nobody came to the meeting."),
    ("Ол ешқашан өтірік айтпайды.", "He never lies."),
    ("Полиция күдіктіні ұстай алмады.", "Police could not catch the suspect."),
    ("Полиция күдіктіні ұстай алмады.", "Police failed to catch the suspect."),
    ("Ол бармай қоймайды.", "He will certainly go."),
    ("Оның келмеуі мүмкін емес.", "He will certainly come."),
    ("Тек ол ғана емес, басқалар да келді.", "Not only he but others came too."),
    ("Ол тек жазушы ғана емес, ақын.", "He is not only a writer but a poet."),
    ("Зауыт енді жұмыс істемейді.", "The plant no longer works."),
    ("№ 5 мектеп жөнделді.", "School No. 5 was repaired."),
    ("Шай немесе кофе ішіңіз.", "Drink tea or coffee."),
    ("Ол барады немесе қалады.", "He will go or stay."),
    ("Бағалар төмендеді.", "Prices fell."),
    ("Бағалар өсті.", "Prices rose."),
    ("Жолаушылар аман қалды.", "The passengers survived."),
    ("Жұмыссыздық азайды.", "Unemployment decreased."),
    ("Асқар Болатты жеңді.", "Askar beat Bolat."),
    ("Асқар Болатты жеңді.", "Bolat was beaten by Askar."),
    ("Ресей Қытайға газ сатты.", "Russia sold gas to China."),
    ("Ресей Қытайға газ сатты.", "China bought gas from Russia."),
    ("Түркия Израильге нота тапсырды.", "Turkey handed a note to Israel."),
    ("Франция Германиядан электр қуатын алды.", "France received electricity from Germany."),
    ("Ерлан Маратты сынады.", "Yerlan criticised Marat."),
    ("Қазақстан Өзбекстанды ұтты.", "Kazakhstan beat Uzbekistan."),
    ("Дәрігерлер операция жасаған жоқ.", "Doctors did not perform the operation."),
    ("Сайлау өткен жоқ.", "The election was not held."),
    ("Мектеп бүгін ашылмайды.", "The school will not open today."),
    ("Шекара ашылды.", "The border was opened."),
    ("Журналист қамауға алынды.", "The journalist was arrested."),
    ("Митингке тыйым салынды.", "The rally was banned."),
    ("Митингке рұқсат берілмеді.", "The rally was not allowed."),
    ("Митингке рұқсат берілмеді.", "The rally was banned."),
    ("Үкімет көмек көрсетпеді.", "The government did not provide aid."),
    ("Ол айыбын мойындамады.", "He did not admit his guilt."),
    ("Ол айыбын мойындамады.", "He denied his guilt."),
    ("Қала сумен қамтамасыз етілмеген.", "The city is not supplied with water."),
    ("Аурухана жаңа жабдық алмады.", "The hospital did not receive new equipment."),
    ("Банк несие берді.", "The bank gave a loan."),
    ("Әкім халықпен кездескен жоқ.", "The governor did not meet with the people."),
    ("Жол салынып біткен жоқ.", "The road has not been completed."),
    ("Студенттер емтиханнан өтпеді.", "The students did not pass the exam."),
    ("Тұрғындар үйлерінен көшпейді.", "Residents will not move from their homes."),
    ("Өрт сөндірілген жоқ.", "The fire has not been put out."),
    ("Зардап шеккендер жоқ.", "There are no victims."),
    ("Апат болған жоқ.", "There was no accident."),
    ("Бүгін жаңбыр жаумайды.", "It will not rain today."),
    ("Екі ел шекараны бөлісті.", "The two countries divided the border."),
    ("Үндістан Пәкістанмен келіссөз жүргізбейді.", "India will not negotiate with Pakistan."),
    ("Азаматтар визасыз кіре алады.", "Citizens can enter without a visa."),
    ("Кездесу нәтижесіз аяқталды.", "The meeting ended without results."),
]
# Too few of their words have a counterpart that the bundled vectors know.
MISSED = [
    ("Зардап шеккендер жоқ.", "There are victims."),
    ("Ұшақ кешікпей ұшты, апат болған жоқ.", "The plane took off on time and there was an accident."),
]


@pytest.fixture(scope="module")
def relation():
    encoder = NgramEncoder.load()
    explainer, sides = FactExplainer(encoder), SideBuilder(encoder, encoder, encoder)

    def of(kazakh, english):
        return explainer.explain(sides.of_lines([kazakh], "kk"), sides.of_lines([english], "en"), (0, 0))[0]

    return of


@pytest.mark.parametrize(("kazakh", "english"), OPPOSED)
def test_opposed_texts_conflict(relation, kazakh, english):
    assert relation(kazakh, english) == "conflict"


@pytest.mark.parametrize(("kazakh", "english"), SAME)
def test_texts_that_say_the_same_do_not(relation, kazakh, english):
    assert relation(kazakh, english) != "conflict"


@pytest.mark.parametrize(("kazakh", "english"), MISSED)
def test_what_is_not_seen_is_never_equivalent(relation, kazakh, english):
    assert relation(kazakh, english) == "partial"
