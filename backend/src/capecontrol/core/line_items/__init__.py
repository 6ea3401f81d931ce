"""Line items: what is sold, at which price and tax, the arithmetic of it, and the form in which documents keep it.

Proposals, invoices and whatever else has lines work with these, so that no two documents add up differently. Pure: no
database and no HTTP.
"""
