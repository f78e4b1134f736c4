"""Documents to take away: what a page shows, set on paper from the very rows of the page, or as a workbook."""
