"""How long suppression and audit take, and how many cells they hide.

Run from the project's folder: ``python -m benchmarks.disclosure``.
"""

from time import perf_counter

import numpy as np
import pandas as pd

from trygghetskarta.analysis.suppression import audit, suppress

SHAPES = ((32, 1), (3363, 1), (15, 4), (30, 20))


def main() -> None:
    """Print one line for each shape."""
    generator = np.random.default_rng(1)
    for shape in SHAPES:
        table = pd.DataFrame(generator.negative_binomial(1, 1 / 9, shape))
        start = perf_counter()
        safe = suppress(table)
        suppressed = perf_counter()
        exposed = audit(safe)
        audited = perf_counter()
        small = int(table.isin(range(1, 5)).sum().sum())
        print(
            f"{shape[0]:>5} x {shape[1]:<3} small {small:>5}  hidden {safe.n_hidden:>5}  "
            f"exposed {len(exposed)}  suppress {1000 * (suppressed - start):8.1f} ms  "
            f"audit {1000 * (audited - suppressed):8.1f} ms"
        )


if __name__ == "__main__":
    main()
