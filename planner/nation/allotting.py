"""Allot what is shared to the blocks, in whole units, by the best mixture of their answers.

Allotments never add up to more than there is. Money for classes of shared programmes and their one-off costs is set
aside first; seats are at most those of the classes that can be paid.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from math import floor

from planner.domain.one_off import of_programme
from planner.nation.central import Centre, SharedClasses
from planner.nation.master import Mixture
from planner.nation.pieces import Shared

Allotments = dict[str, dict[Shared, int]]
"""What each block gets of each shared thing, by the block's name."""


def allotments(centre: Centre, mixture: Mixture, blocks: Iterable[str]) -> Allotments:
    """Divide what is shared between the blocks as `mixture` does."""
    names = list(blocks)
    found: Allotments = {name: {} for name in names}
    room = {shared: floor(n) for shared, n in centre.amounts.items()}
    _set_aside_once(centre, room)
    room |= dict.fromkeys(centre.without_classes(), 0)
    for held in centre.held:
        wanted = mixture.classes.get(held.seats, 0.0)
        number = _paid_for(held, mixture, min(held.most, round(wanted)), room)
        room[held.seats] = number * held.size
    for shared, most in room.items():
        asked = {name: mixture.use.get(name, {}).get(shared, 0.0) for name in names}
        for name, number in divided(asked, most).items():
            found[name][shared] = number
    return found


def _set_aside_once(centre: Centre, room: dict[Shared, int]) -> None:
    """Set aside what shared programmes cost once, from the first money that may pay it."""
    scenario, funding = centre.structure.scenario, centre.structure.funding
    for name in sorted(centre.structure.programmes):
        for one_off, costs in of_programme(scenario, scenario.programme[name]).items():
            _take(
                max(costs.values()), [s for f in funding.payers_of(one_off) for s in room if s[:2] == ("fund", f)], room
            )


def _paid_for(held: SharedClasses, mixture: Mixture, number: int, room: dict[Shared, int]) -> int:
    """Set money aside for so many classes, or for as many as it is enough for; return their number.

    Each kind of money first pays the part that it pays in the mixture.
    """
    while number:
        trial, enough = dict(room), True
        for place, (_item, cost, payers) in enumerate(held.items):
            parts = {money: mixture.paid.get((held.seats, place, money), 0.0) for money in payers}
            whole, rest = max(1.0, sum(parts.values())), cost * number
            for money, part in parts.items():
                given = min(rest, int(part / whole * cost * number), max(0, trial.get(money, 0)))
                trial[money] = trial.get(money, 0) - given
                rest -= given
            enough = enough and _take(rest, payers, trial)
        if enough:
            room.update(trial)
            return number
        number -= 1
    return 0


def _take(cost: int, payers: Iterable[Shared], room: dict[Shared, int]) -> bool:
    for money in payers:
        part = min(cost, max(0, room.get(money, 0)))
        room[money] = room.get(money, 0) - part
        cost -= part
    return not cost


def divided(asked: Mapping[str, float], most: int) -> dict[str, int]:
    """Round what is asked to whole units, at most `most` together, by largest remainders; scaled down where it is more.

    Units that nobody asks for are divided too, in proportion, since units left over would be useless.
    """
    wanted = {name: Fraction(max(0.0, number)) for name, number in asked.items()}
    total = sum(wanted.values(), Fraction(0))
    if not total or most <= 0:
        return dict.fromkeys(asked, 0)
    exact = {name: number * most / total for name, number in wanted.items()}
    whole = {name: floor(number) for name, number in exact.items()}
    rest = most - sum(whole.values())
    for name in sorted(exact, key=lambda each: whole[each] - exact[each])[: max(0, rest)]:
        whole[name] += 1
    return whole
