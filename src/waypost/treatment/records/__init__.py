"""People in care: whose records they are, who read them, to whom they went, and on what consent."""
