"""Pictures: an appraisal and a schedule as HTML that a notebook shows.

Each is one fragment that needs nothing else: no script, no address, a style that holds for the
fragment alone and follows the page from light to dark. Colour never says anything by itself: what
it tells stands there as a letter, a shape or a word too.
"""
