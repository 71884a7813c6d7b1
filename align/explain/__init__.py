"""Why a pair should be believed: facts both texts tell, words that correspond, names that disagree."""
