"""How the facts of two texts compare: the ledger of a pair, the spelling of names, the conversion of units."""
