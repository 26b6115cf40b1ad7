"""Ways to the telephone network, all behind one port."""
