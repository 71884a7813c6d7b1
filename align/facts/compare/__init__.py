"""How the facts of two texts compare.

Here are the ledger of a pair, the spelling of names and the conversion of units.
"""
