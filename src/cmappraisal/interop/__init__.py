"""Interop: bridges to other libraries; each module needs its extra, and the core imports none."""
