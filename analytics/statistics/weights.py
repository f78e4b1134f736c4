"""How much two different levels still agree: 1 for the same level, 0 for the ends of the scale."""

from enum import StrEnum

import numpy as np

from analytics.statistics.arrays import Floats


class Weighting(StrEnum):
    """What counts as agreement."""

    NONE = "unweighted"
    LINEAR = "linear"
    QUADRATIC = "quadratic"


def agreement_weights(values: Floats, weighting: Weighting) -> Floats:
    """Return the weight of each pair of levels, 0 to 1: shape (level, level).

    Args:
        values: The levels as numbers, rising.
        weighting: Only the same level counts, or near ones too, by their distance or by its square.

    Source:
        Cohen (1968), doi:10.1037/h0026256; Fleiss & Cohen (1973) for the square.
    """
    if weighting is Weighting.NONE or values.size < 2:
        return np.eye(values.size)
    distance = np.abs(values[:, None] - values[None, :]) / (values[-1] - values[0])
    return 1 - (distance if weighting is Weighting.LINEAR else distance**2)
