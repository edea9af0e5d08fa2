"""What all tests share: how long hypothesis looks.

``ci`` is quick and always the same; ``pytest --hypothesis-profile fuzz`` looks longer, and elsewhere every time; ``fuzz/rounds.py`` goes on with that.
"""

from hypothesis import HealthCheck, settings

settings.register_profile(
    "ci", max_examples=50, deadline=None, derandomize=True, database=None, print_blob=True
)
settings.register_profile(
    "fuzz", max_examples=500, deadline=None, suppress_health_check=list(HealthCheck)
)
settings.load_profile("ci")
