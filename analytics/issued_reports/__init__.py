"""Reports for funders: sums alone, frozen when issued, small numbers hidden over all that a hub ever issued."""
