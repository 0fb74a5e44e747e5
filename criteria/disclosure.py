"""Which numbers of a table of pupils must be hidden before it is published, so that no small number can be read or worked out.

The table has a number for every combination of its dimensions, their totals too: (school, state), with areas, the nation and
"every state" among them. `publish` promises of what is left:

1. No number from 1 to 4 is shown, nor the sum of what is hidden beside a shown total where that is 1 to 4. So a share of
   which the rest is small is hidden too. A percentage is a number: show it only where both its parts are shown (`share`).
2. Nothing hidden can be worked out. Every hidden number is a corner of a box of hidden numbers which could all be one higher or
   one lower, by turns, and leave every total of the table as it is. Whoever reads the table, and knows that only numbers
   above 0 are hidden, is left with two possibilities at least. (Finding such boxes is known as the hypercube method.)
3. Where there is no small number, nothing is hidden.

Zero is shown: that nobody of a group has missed something says nothing of anyone that is not good to know. It is hidden,
with what it gives away, where all of a shown total under ten are in a group that is `telling` of a person, such as
those with an education, health and care plan: to know who missed something would then be to know who has a plan.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from heapq import nlargest, nsmallest
from math import prod

FEW = 5
"""The smallest number shown. Five is our choice, and nobody's rule for this: official statistics of schools use five or six."""

ALIKE = 10
"""All of fewer than this in one telling group are hidden, as `FEW` our choice."""

Key = tuple[str, ...]
"""A number's place: the name of a part, or of a total, in each dimension in order."""

Division = tuple[str, tuple[str, ...]]
"""A total, and the parts that add up to it."""

Vector = tuple[tuple[str, int], ...]
"""Parts and totals of one dimension that can go up (1) and down (-1) together and leave its sums right."""


@dataclass(frozen=True)
class Dimension:
    """A way of dividing pupils. A total may be divided in several ways (by sex, and again by free meals), and a part again
    into parts (a nation into areas, an area into schools); but nothing is part of two totals. `telling` are the
    parts that say something of a person.
    """

    name: str
    divisions: tuple[Division, ...]
    telling: frozenset[str] = frozenset()

    @classmethod
    def of(cls, name: str, total: str, parts: Iterable[str], telling: Iterable[str] = ()) -> Dimension:
        """A total divided once."""
        return cls(name, ((total, tuple(parts)),), frozenset(telling))

    @cached_property
    def parents(self) -> dict[str, str]:
        return {part: total for total, parts in self.divisions for part in parts}

    @cached_property
    def nodes(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(node for total, parts in self.divisions for node in (total, *parts)))

    @cached_property
    def divided(self) -> dict[str, tuple[tuple[str, ...], ...]]:
        """The ways each node is divided; none for a node at the bottom."""
        return {node: tuple(parts for total, parts in self.divisions if total == node) for node in self.nodes}

    @cached_property
    def siblings(self) -> dict[str, tuple[str, ...]]:
        """What else adds up to the same total, in the same division."""
        return {p: tuple(s for s in parts if s != p) for _, parts in self.divisions for p in parts}

    @cached_property
    def heights(self) -> dict[str, int]:
        """How far each node stands above the bottom."""

        def height(node: str) -> int:
            return 1 + max((height(p) for parts in self.divided[node] for p in parts), default=-1)

        return {node: height(node) for node in self.nodes}


@dataclass(frozen=True)
class Published:
    """What may be shown. `counts` has every number: keep it to yourself."""

    counts: Mapping[Key, int]
    hidden: frozenset[Key]

    def __getitem__(self, key: Key) -> int | None:
        """The number, or None where it is hidden."""
        return None if key in self.hidden else self.counts.get(key, 0)

    def share(self, part: Key, whole: Key) -> float | None:
        """A part of a whole from 0 to 1; None where either is hidden, or there is nobody."""
        above, below = self[part], self[whole]
        return above / below if above is not None and below else None


def anywhere(key: Key) -> bool:
    return True


def publish(
    dimensions: Iterable[Dimension],
    counts: Mapping[Key, int],
    few: int = FEW,
    alike: int = ALIKE,
    within: Callable[[Key], bool] = anywhere,
) -> Published:
    """Hide what must be. `counts` has a number for each key that is not 0, totals too; ValueError where they do not add up.

    `within` says which combinations the table has, where it has not all: each school by state, say, and groups only of areas.
    What is not in the table is never shown, so nothing can be worked out from it.
    """
    return Published(counts, _Hiding(tuple(dimensions), counts, few, alike, within).work())


def add_up(dimensions: Iterable[Dimension], counts: Mapping[Key, int]) -> dict[Key, int]:
    """With the totals put in, from the numbers at the bottom; for dimensions of which each total is divided once."""
    found = dict(counts)
    for place, dimension in enumerate(dimensions):
        for total, parts in sorted(dimension.divisions, key=lambda each: dimension.heights[each[0]]):
            within = set(parts)
            for key, number in [(key, number) for key, number in found.items() if key[place] in within]:
                whole = replaced(key, place, total)
                found[whole] = found.get(whole, 0) + number
    return found


SOME = 6
"""How many ways to try, those that promise to cost least, where one has been found: a nation has thousands of schools."""

Sum = tuple[Key, tuple[Key, ...]]

Box = Mapping[Key, int]
"""The corners of a box, each with whether it rises (1) or falls (-1) with the number it is for."""


Room = Callable[[str], tuple[float, float]]
"""How well a part would serve beside the box so far: how far it can fall, and less what it would cost to hide."""


def replaced(key: Key, place: int, node: str) -> Key:
    """The same place but in one dimension."""
    return (*key[:place], node, *key[place + 1 :])


def stretched(box: Box, place: int, vector: Vector) -> Box:
    """The box in one dimension more."""
    return {replaced(key, place, node): sign * way for key, sign in box.items() for node, way in vector}


class _Hiding:
    """Works out what to hide. Above the bottom of a table a number costs more to hide: it is read by more people, and often
    known from elsewhere.
    """

    def __init__(
        self,
        dimensions: tuple[Dimension, ...],
        counts: Mapping[Key, int],
        few: int,
        alike: int,
        within: Callable[[Key], bool],
    ) -> None:
        self.dimensions, self.counts, self.few, self.alike, self.within = dimensions, counts, few, alike, within
        self.hidden: set[Key] = set()
        self.weights = [{node: 30**height for node, height in d.heights.items()} for d in dimensions]
        self.check()
        self.sums = list(self._sums())
        for total, parts in self.sums:
            if self.count(total) != sum(map(self.count, parts)):
                raise ValueError(f"{total} is {self.count(total)}, and its parts come to {sum(map(self.count, parts))}")

    def count(self, key: Key) -> int:
        return self.counts.get(key, 0)

    def check(self) -> None:
        for key, number in self.counts.items():
            strange = [n for n, d in zip(key, self.dimensions, strict=True) if n not in d.divided]
            if strange or number < 0 or not self.within(key):
                what = f"{number} is below 0" if number < 0 else f"{(strange or ['it'])[0]} is nowhere in the table"
                raise ValueError(f"{key}: {what}")

    def _sums(self) -> Iterator[Sum]:
        """Every sum of the table that has anybody in it."""
        for place, dimension in enumerate(self.dimensions):
            rows: dict[tuple[Key, Key], set[str]] = {}
            for key, number in self.counts.items():
                if number:
                    rows.setdefault((key[:place], key[place + 1 :]), set()).add(key[place])
            for (before, after), present in rows.items():
                for total, parts in dimension.divisions:
                    if total in present or not present.isdisjoint(parts):
                        keys = [(*before, node, *after) for node in (total, *parts)]
                        if all(map(self.within, keys)):
                            yield keys[0], tuple(keys[1:])

    def work(self) -> frozenset[Key]:
        small = [key for key, number in self.counts.items() if 0 < number < self.few]
        for key in sorted(small, key=lambda key: (-self.height(key), self.count(key), key)):
            self.protect(key)
        for key in self.telling():
            self.protect(key, zeros=True)
        while more := self.sums_too_small():
            for key in more:
                self.protect(key)
        return frozenset(self.hidden)

    def height(self, key: Key) -> int:
        return sum(d.heights[node] for node, d in zip(key, self.dimensions, strict=True))

    def telling(self) -> list[Key]:
        """Parts that are all of a small total, in groups that say something of a person."""
        telling = [d.telling for d in self.dimensions]
        return [
            part
            for total, parts in self.sums
            if self.few <= self.count(total) < self.alike and len(parts) > 1
            for part in parts
            if self.count(part) == self.count(total) and _apart(part, total, telling)
        ]

    def sums_too_small(self) -> list[Key]:
        """For each shown total beside which what is hidden comes to a small number: the least part yet to hide."""
        found = []
        for total, parts in self.sums:
            if total not in self.hidden and 0 < sum(self.count(p) for p in parts if p in self.hidden) < self.few:
                found.append(min((p for p in parts if p not in self.hidden and self.count(p)), key=self.count))
        return found

    def protect(self, cell: Key, zeros: bool = False) -> None:
        """Hide a cheap box that has this number at a corner. The last way, up to every total, is always open.

        What is hidden already stands at the corner of a box.
        """
        if cell in self.hidden and not zeros:
            return
        for highest, allowed in ((False, zeros), (True, zeros), (True, True)):
            if corners := self.cheapest(cell, highest, allowed):
                self.hidden.update(corners)
                return

    def cheapest(self, cell: Key, climb: bool, zeros: bool) -> tuple[Key, ...]:
        """The corners of the box; nothing where there is none of this kind."""
        order = sorted(range(len(cell)), key=lambda place: len(self.dimensions[place].divided[cell[place]]))
        best: tuple[Key, ...] = ()
        least = float("inf")

        def further(box: Box, places: list[int]) -> None:
            """Try each vector of the next dimension, the most promising first, while it can still be the cheapest."""
            nonlocal best, least
            if not places:
                if self.holds(box):
                    best, least = tuple(filter(self.within, box)), self.price(box, zeros)
                return
            ways = [stretched(box, places[0], vector) for vector in self.vectors(places[0], cell, box, climb)]
            priced = [(self.price(way, zeros), n) for n, way in enumerate(ways)]
            for tried, (price, n) in enumerate(sorted(priced)):
                if price >= least or (best and tried >= SOME):
                    return
                further(ways[n], places[1:])

        further({cell: 1}, order)
        return best

    def price(self, keys: Iterable[Key], zeros: bool) -> float:
        """What hiding them too would cost; infinite where one is 0 and that is not allowed."""
        found = 0.0
        for key in keys:
            if key not in self.hidden and self.within(key):
                number = self.counts.get(key, 0)
                if not number and not zeros:
                    return float("inf")
                found += prod(map(dict.__getitem__, self.weights, key)) * (1 + min(number, 9999) / 10000)
        return found

    def holds(self, box: Box) -> bool:
        """Whether the numbers of one sign can fall by one while the others rise, and none becomes 0."""
        least = {1: self.few, -1: self.few}
        for key, sign in box.items():
            if self.within(key):
                least[sign] = min(least[sign], self.count(key))
        return max(least.values()) >= 2

    def vectors(self, place: int, cell: Key, box: Box, climb: bool) -> Iterator[Vector]:
        """Ways in which a dimension's sums stay right while the cell's part of it rises.

        What is beside it falls in its place; or, when climbing, its total rises too, and something beside that falls, and
        so on up to the top.
        """
        dimension = self.dimensions[place]

        def below(node: str, sign: int, besides: str = "") -> Vector:
            """A node with, for each way it is divided, the part that gives most room, and so on down."""
            found: Vector = ((node, sign),)
            for parts in dimension.divided[node]:
                if besides not in parts:
                    found += below(max(parts, key=room), sign)
            return found

        @cache
        def room(node: str) -> tuple[float, float]:
            keys = [key for key in (replaced(key, place, node) for key in box) if self.within(key)]
            return min([2, *map(self.count, keys)]), -self.price(keys, zeros=True)

        node, rising = cell[place], below(cell[place], 1)
        while True:
            parent = dimension.parents.get(node)
            if parent is None:
                yield rising
                return
            for sibling in self.beside(place, cell, node, room if dimension.heights[node] else None):
                yield rising + below(sibling, -1)
            if not climb:
                return
            rising += below(parent, 1, besides=node)
            node = parent

    def beside(self, place: int, cell: Key, node: str, room: Room | None) -> Iterable[str]:
        """What could fall in a node's place; of many, those worth a look. To look below each of a nation's areas would take
        for ever, so of totals only those with most room.
        """
        siblings = self.dimensions[place].siblings[node]
        if room:
            return nlargest(SOME, siblings, key=room)
        if len(siblings) <= 4 * SOME:
            return siblings
        return nsmallest(
            4 * SOME, siblings, key=lambda sibling: self.price([replaced(cell, place, sibling)], zeros=False)
        )


def _apart(part: Key, total: Key, telling: list[frozenset[str]]) -> bool:
    """Whether the sum is one over telling groups, and this part is such a group."""
    return next(p in t for p, n, t in zip(part, total, telling, strict=True) if p != n)
