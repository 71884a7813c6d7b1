"""Amounts in different units of one thing.

Examples: kilometres and miles, Celsius and Fahrenheit, days and weeks.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Final, NamedTuple

__all__ = ["TOLERANCE", "in_one_unit"]

TOLERANCE: Final = Decimal("0.05")
"""Share of the larger amount by which a conversion between two systems of units may be off: papers print 30 miles as
50 km, which is 3.4 % too much. Within one system (metres and kilometres, days and weeks) nothing is rounded away."""


class _Unit(NamedTuple):
    """What a unit measures, and how many base units it has.

    `metric` is the system it belongs to.
    """

    dimension: str
    factor: Decimal
    metric: bool = True


def _units(dimension: str, table: str, *, metric: bool = True) -> dict[str, _Unit]:
    pairs = (entry.split("=") for entry in table.split())
    return {name: _Unit(dimension, Decimal(factor), metric) for name, factor in pairs}


# Names and factors are CLDR's (common/supplemental/units.xml), which Babel does not carry; those of yard and pound are
# exact since the agreement of 1959. A month has no fixed number of days, so months and years stand apart from days.
_UNITS: Final = {
    **_units("length", "millimeter=0.001 centimeter=0.01 meter=1 kilometer=1000"),
    **_units("length", "inch=0.0254 foot=0.3048 yard=0.9144 mile=1609.344", metric=False),
    **_units("area", "square-meter=1 hectare=10000 square-kilometer=1000000"),
    **_units("area", "square-foot=0.09290304 acre=4046.8564224 square-mile=2589988.110336", metric=False),
    **_units("mass", "milligram=0.001 gram=1 kilogram=1000 tonne=1000000"),
    **_units("mass", "ounce=28.349523125 pound=453.59237", metric=False),
    **_units("volume", "milliliter=0.001 liter=1 cubic-meter=1000 cubic-kilometer=1000000000000"),
    **_units("volume", "gallon=3.785411784 barrel=158.987294928", metric=False),
    **_units("speed", "kilometer-per-hour=1"),
    **_units("speed", "mile-per-hour=1.609344", metric=False),
    **_units("power", "watt=1 kilowatt=1000 megawatt=1000000 gigawatt=1000000000"),
    **_units("speed", "meter-per-second=3.6"),
    **_units("energy", "kilowatt-hour=1 megawatt-hour=1000 gigawatt-hour=1000000"),
    **_units("mass", "centner=100000"),
    **_units("digital", "megabyte=1 gigabyte=1000 terabyte=1000000"),
    **_units("time", "second=1 minute=60 hour=3600 day=86400 week=604800"),
    **_units("years", "month=1 year=12 century=1200"),
    **_units("temperature", "celsius=1"),
    **_units("temperature", "fahrenheit=1", metric=False),
}
_FREEZING: Final = Decimal(32)
_DEGREES: Final = Decimal(5) / Decimal(9)


def in_one_unit(source: tuple[Decimal, str], target: tuple[Decimal, str]) -> tuple[Decimal, Decimal, bool] | None:
    """Return both amounts in one unit, and whether they are of different systems.

    It is the smallest unit of what they measure. None where the units measure different things, or one is not known.

    >>> in_one_unit((Decimal(3), "week"), (Decimal(21), "day"))
    (Decimal('1814400'), Decimal('1814400'), False)
    >>> in_one_unit((Decimal(100), "celsius"), (Decimal(212), "fahrenheit"))
    (Decimal('100'), Decimal('100'), True)
    """
    one, other = _UNITS.get(source[1]), _UNITS.get(target[1])
    if one is None or other is None or one.dimension != other.dimension:
        return None
    return _base(*source), _base(*target), one.metric != other.metric


def _base(value: Decimal, unit: str) -> Decimal:
    if unit == "fahrenheit":
        return ((value - _FREEZING) * _DEGREES).quantize(Decimal("0.1")).normalize() + 0
    return value * _UNITS[unit].factor
