"""A search with nothing in the address: every page that it leads to stands under a sealed one."""
