package dev.noether.lab.insight;

import static java.util.Objects.requireNonNull;

import java.util.BitSet;

/**
 * A region of the partition of a piecewise affine map: the active rectified units and the affine map on the region.
 *
 * @param pattern active units, layer after layer; two points with the same pattern lie in one region
 * @param map affine map on the region
 */
public record AffineRegion(BitSet pattern, AffineMap map) {

    /** Copies the pattern. */
    public AffineRegion {
        pattern = (BitSet) requireNonNull(pattern, "pattern").clone();
        requireNonNull(map, "map");
    }

    /** Returns a copy of the pattern. */
    @Override
    public BitSet pattern() {
        return (BitSet) pattern.clone();
    }
}
