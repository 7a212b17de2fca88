"""The simulator: a ladder replayed over this desk's own past by the code that climbs live (P3).

Its verbs: simulate, stop, resume. Its lane works simulations in slices (`working`); `replaying.Side` is one
ladder's replay, and `past`, `answers` and `roster` are what it needs to know of the past.
"""
