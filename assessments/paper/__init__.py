"""Checklists on paper: the codes on a sheet, the columns of a batch that is typed in, and taking it over."""
