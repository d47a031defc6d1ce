"""The same charts in Streamlit: `streamlit run streamlit_app.py`; Streamlit runs the whole file again at each move."""

from __future__ import annotations

import streamlit as st
from peers.what_follows import appraised, drawn, label, said, weight

st.set_page_config(page_title="What follows", layout="wide")
value = st.session_state.get("weight")
appraisal = appraised(value)
headline, explanation = said(appraisal)
st.title(headline)
st.write(explanation)
st.slider(label(), min_value=0, max_value=100, value=weight(), key="weight")
for name, spec in drawn(appraisal).items():
    st.vega_lite_chart(spec, theme=None, width="content", key=name)
