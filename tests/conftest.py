"""What all tests share: how long hypothesis looks.

``ci`` is quick and always the same; ``pytest --hypothesis-profile fuzz`` looks long and elsewhere.
"""

from hypothesis import HealthCheck, settings

settings.register_profile(
    "ci", max_examples=50, deadline=None, derandomize=True, database=None, print_blob=True
)
settings.register_profile(
    "fuzz", max_examples=20_000, deadline=None, suppress_health_check=list(HealthCheck)
)
settings.load_profile("ci")
