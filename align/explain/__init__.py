"""Why a pair should be believed: shared facts, words that correspond, names that disagree."""
