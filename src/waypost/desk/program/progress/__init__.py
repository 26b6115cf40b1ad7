"""Progress of one person: pictures with tables, suggestions with reasons, a decision."""
