"""Getting in touch with somebody who did not come: a text where they agreed, a task in any case."""
