"""Files written whole or not at all, and what is kept between runs."""
