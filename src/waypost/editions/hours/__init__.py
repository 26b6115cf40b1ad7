"""What programs say of their hours and places, as the standards' faces give it: both from here.

A face shows what holds on a day: tracks that were said within their half year, places that were
said within a week, and what was so in the week before that in words alone. So a record changes when
a word fades, though nobody published anything: its time of change is then the day of the fading.
"""
