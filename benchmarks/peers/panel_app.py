"""The same charts in Panel: `panel serve panel_app.py`."""

from __future__ import annotations

import panel as pn
from peers.what_follows import appraised, drawn, label, said, weight

pn.extension("vega")

appraisal = appraised()
headline, explanation = said(appraisal)
title, text = pn.pane.Markdown(f"# {headline}"), pn.pane.Markdown(explanation)
slider = pn.widgets.IntSlider(name=label(), start=0, end=100, value=weight())
charts = {name: pn.pane.Vega(spec, show_actions=False) for name, spec in drawn(appraisal).items()}


def move(_event: object) -> None:
    """Draw everything anew for the slider's value."""
    now = appraised(slider.value)
    headline, explanation = said(now)
    title.object, text.object = f"# {headline}", explanation
    for name, spec in drawn(now).items():
        charts[name].object = spec


slider.param.watch(move, "value")
pn.Column(title, text, slider, *charts.values()).servable(title="What follows")
