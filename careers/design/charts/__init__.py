"""Pictures of figures, drawn by the server as SVG and HTML with classes only, so that a strict CSP lets them through.

Each chart is a frozen dataclass holding figures and words; `draw(chart)` gives safe HTML. Words stay in HTML,
outside the SVG, so they keep their size on a phone. Each carries the same figures as a table, or is a table.
"""

from functools import singledispatch

from django.utils.safestring import SafeString

from careers.design.charts.dot_plot import DotPlot, Gap, draw_dot_plot
from careers.design.charts.heat_map import HeatCell, HeatMap, HeatRow, draw_heat_map
from careers.design.charts.shares import Share, Shares, draw_shares
from careers.design.charts.state_bar import (
    InlineBar,
    SmallBar,
    StateBar,
    draw_inline_bar,
    draw_small_bar,
    draw_state_bar,
)
from careers.design.charts.timeline import Happening, Timeline, draw_timeline

__all__ = [
    "DotPlot",
    "Gap",
    "Happening",
    "HeatCell",
    "HeatMap",
    "HeatRow",
    "InlineBar",
    "Share",
    "Shares",
    "SmallBar",
    "StateBar",
    "Timeline",
    "draw",
]


@singledispatch
def draw(chart: object) -> SafeString:
    """Safe HTML of any chart here. Raises TypeError for anything else."""
    raise TypeError(f"{type(chart).__name__} is not a chart")


draw.register(StateBar, draw_state_bar)
draw.register(InlineBar, draw_inline_bar)
draw.register(SmallBar, draw_small_bar)
draw.register(DotPlot, draw_dot_plot)
draw.register(Shares, draw_shares)
draw.register(Timeline, draw_timeline)
draw.register(HeatMap, draw_heat_map)
