"""Somebody who reads a published table and tries to work out what is hidden, knowing only how its numbers add up.

It shares no code with `criteria.disclosure`: it tries numbers until none is left that fits.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import product

from criteria.disclosure import Dimension, Key, Published, anywhere

Bounds = dict[Key, tuple[int, int]]


class Attacker:
    """`least` is the least a hidden number can be: 0, or 1 for somebody who knows that zeros are never hidden."""

    def __init__(
        self, dimensions: Sequence[Dimension], published: Published, least: int = 0,
        within: Callable[[Key], bool] = anywhere,
    ) -> None:  # fmt: skip
        every = [key for key in product(*(dimension.nodes for dimension in dimensions)) if within(key)]
        top = sum(published.counts.values())
        self.sums = [
            ((*key[:place], total, *key[place + 1 :]), [(*key[:place], part, *key[place + 1 :]) for part in parts])
            for place, dimension in enumerate(dimensions)
            for total, parts in dimension.divisions
            for key in every
            if key[place] == total and all(within((*key[:place], part, *key[place + 1 :])) for part in parts)
        ]
        self.known: Bounds = {}
        for key in every:
            shown = published[key]
            self.known[key] = (least, top) if shown is None else (shown, shown)
        self.truth = published.counts

    def could_be(self, key: Key, number: int) -> bool:
        """Whether a table exists that looks the same and has this number here."""
        return self.fits({**self.known, key: (number, number)})

    def fits(self, bounds: Bounds | None) -> bool:
        bounds = self.tightened(bounds) if bounds else None
        if bounds is None:
            return False
        open_ = [key for key, (low, high) in bounds.items() if low < high]
        if not open_:
            return True
        key = min(open_, key=lambda key: bounds[key][1] - bounds[key][0])
        low, high = bounds[key]
        likely = self.truth.get(key, 0)  # it does not know this: it only asks in an order that ends soon
        return any(
            self.fits({**bounds, key: (number, number)})
            for number in sorted(range(low, high + 1), key=lambda number: abs(number - likely))
        )

    def tightened(self, bounds: Bounds) -> Bounds | None:
        """Bounds that every sum agrees with; None where one can never come out."""
        changed = True
        while changed:
            changed = False
            for total, parts in self.sums:
                for key, low, high in self.allowed(bounds, total, parts):
                    if low > high:
                        return None
                    if (low, high) != bounds[key]:
                        bounds[key], changed = (low, high), True
        return bounds

    def allowed(self, bounds: Bounds, total: Key, parts: list[Key]) -> Iterator[tuple[Key, int, int]]:
        low, high = sum(bounds[p][0] for p in parts), sum(bounds[p][1] for p in parts)
        own_low, own_high = bounds[total]
        yield total, max(own_low, low), min(own_high, high)
        for part in parts:
            least, most = bounds[part]
            yield part, max(least, own_low - (high - most)), min(most, own_high - (low - least))
