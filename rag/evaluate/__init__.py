"""A question set → a run → figures: asked through the same code as `yanju ask`, scored, shown.

gold     question sets as JSONL, csv or xlsx
asking   a run: every question asked
scoring  one answer against one gold question
figures  what a run comes to
table    the figures in the terminal, and what is held against them with --expect
page     the figures as one self-contained HTML page
"""
