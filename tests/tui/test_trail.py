from __future__ import annotations

from arxtui.tui.trail import Step, Trail
from arxtui.tui.views import View

ALL, CUSP, NARROW = View(), View(query="cusp"), View(query="cusp date:2024")


def test_it_goes_back_step_by_step():
    trail = Trail()
    trail.lead(Step(CUSP, "a"), NARROW)
    further = View(query="cusp date:2024 path:x")
    trail.lead(Step(NARROW, "b"), further)
    assert trail.back(further) == Step(NARROW, "b")
    assert trail.back(NARROW) == Step(CUSP, "a")
    assert trail.back(CUSP) is None


def test_sorting_does_not_leave_it():
    trail = Trail()
    trail.lead(Step(CUSP, "a"), NARROW)
    assert trail.back(View(query="cusp date:2024", sort="title")) == Step(CUSP, "a")


def test_whoever_searches_on_has_left_it():
    trail = Trail()
    trail.lead(Step(CUSP, "a"), NARROW)
    assert trail.back(ALL) is None
    assert trail.back(NARROW) is None
    trail.lead(Step(CUSP, "a"), NARROW)
    trail.lead(Step(ALL, "b"), CUSP)
    assert trail.back(CUSP) == Step(ALL, "b")
    assert trail.back(NARROW) is None
