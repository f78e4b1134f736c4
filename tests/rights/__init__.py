"""Who may do what: every use case, query, page and route with every office, from here and from elsewhere."""
