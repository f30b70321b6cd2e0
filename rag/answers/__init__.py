"""Evidence in, `Draft` out: one module for each form of answer."""
