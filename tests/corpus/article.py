"""One article in each language, as the blocks that every format is made of."""

KAZAKH = (
    "Қазақстан президенті Астанада жиын өткізді",
    "Президент Қасым-Жомарт Тоқаев 26 сәуірде Астанада үкімет мүшелерімен кездесіп, елдегі жағдайды талқылады."
    " Жиында білім беру мен денсаулық сақтау саласына биыл 35,5 миллиард теңге бөлінетіні айтылды.",
    "Министрдің сөзінше, жаңа мектептердің құрылысы Шымкент пен Түркістанда өткен жылдың күзінде басталған."
    " Оның айтуынша, 120 мектептің жартысы қыркүйекке дейін ашылады, ал қалғаны келесі жылға қалады.",
    "Денсаулық сақтау",
    "Ауылдық жерлердегі ауруханаларға 300 дәрігер жіберіледі, олардың көбі биыл университет бітірген жас мамандар."
    " «Біз ауылды дәрігерсіз қалдырмаймыз», – деді министр журналистерге.",
    "Үкіметтің келесі жиыны 3 мамырға белгіленді, онда ауыл шаруашылығы мен су мәселесі қаралады"
    " деп хабарлады баспасөз қызметі.",
)

ENGLISH = (
    "Kazakhstan's president holds a meeting in Astana",
    "President Kassym-Jomart Tokayev met members of the government in Astana on April 26 and discussed the situation"
    " in the country. The meeting was told that 35.5 billion tenge will go to education and health care this year.",
    "According to the minister, the building of new schools in Shymkent and Turkistan began in the autumn of last"
    " year. He said that half of the 120 schools will open by September, and the others will follow next year.",
    "Health care",
    "Three hundred doctors will be sent to hospitals in the villages, most of them young people who left university"
    " this year. “We will not leave a village without a doctor,” the minister told journalists.",
    "The government's next meeting was set for May 3, when farming and water will be discussed, the press"
    " service said.",
)

HEADING = 3
"""The block that is a heading; the first is the headline."""


def page(blocks: tuple[str, ...], lang: str, charset: str = "utf-8") -> str:
    """Return the article as a saved web page with a menu and a footer."""
    tags = ["h1", *("h2" if number == HEADING else "p" for number in range(1, len(blocks)))]
    body = "\n".join(f"<{tag}>{text}</{tag}>" for tag, text in zip(tags, blocks, strict=True))
    return f"""<!DOCTYPE html>
<html lang="{lang}"><head><meta charset="{charset}"><title>{blocks[0]} - Example News</title>
<meta property="og:title" content="{blocks[0]}"><meta name="author" content="Aigerim Omarova">
<meta property="article:published_time" content="2019-04-27T09:30:00Z">
<link rel="canonical" href="https://news.example.org/a/1.html">
<link rel="license" href="https://creativecommons.org/licenses/by/4.0/">
<style>body {{ font-family: "Noto Sans", "DejaVu Sans", sans-serif; width: 34em; }}</style></head>
<body><nav><a href="/">Home</a><a href="/news">News</a><a href="/sport">Sport</a></nav>
<article>{body}</article>
<footer><p>© 2019 Example News</p></footer></body></html>
"""
