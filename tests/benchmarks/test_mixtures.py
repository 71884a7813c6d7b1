import pytest
from mixtures import mixture

KK = [f"k{i}" for i in range(190)]
EN = [f"e{i}" for i in range(190)]

# noise, lines a side, counterparts
SHAPES = [(0.0, 190, 190), (0.5, 126, 63), (0.9, 100, 10), (1.0, 95, 0)]


@pytest.mark.parametrize(("noise", "size", "matched"), SHAPES)
def test_mixture_keeps_its_share_of_counterparts(noise, size, matched):
    made = mixture(KK, EN, noise=noise, seed=3)
    assert (len(made.sources), len(made.targets), len(made.gold)) == (size, size, matched)
    assert all(made.sources[i][1:] == made.targets[j][1:] for i, j in made.gold)
    assert len(set(made.sources)) == len(set(made.targets)) == size


def test_mixture_without_counterparts_shares_no_line():
    made = mixture(KK, EN, noise=1.0, seed=3)
    assert not {text[1:] for text in made.sources} & {text[1:] for text in made.targets}


def test_mixture_is_the_seeds():
    assert mixture(KK, EN, noise=0.5, seed=1).sources == mixture(KK, EN, noise=0.5, seed=1).sources
    assert mixture(KK, EN, noise=0.5, seed=1).sources != mixture(KK, EN, noise=0.5, seed=2).sources


@pytest.mark.parametrize(("sources", "noise"), [(KK[:3], 0.5), (KK, 1.5), (KK, -0.1)])
def test_mixture_of_unlike_sides_or_impossible_noise_is_refused(sources, noise):
    with pytest.raises(ValueError, match="need as many"):
        mixture(sources, EN, noise=noise, seed=0)
