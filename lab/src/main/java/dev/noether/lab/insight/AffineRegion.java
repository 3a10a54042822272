package dev.noether.lab.insight;

import static java.util.Objects.requireNonNull;

import java.util.BitSet;

/**
 * A region of the partition of a piecewise affine map: which rectified units are active on it, and what the map is
 * there.
 *
 * @param pattern which units are active, layer after layer; two points of one pattern lie in one region
 * @param map the affine map on the region
 */
public record AffineRegion(BitSet pattern, AffineMap map) {

    /** Copies the pattern. */
    public AffineRegion {
        pattern = (BitSet) requireNonNull(pattern, "pattern").clone();
        requireNonNull(map, "map");
    }

    /** A copy of the pattern. */
    @Override
    public BitSet pattern() {
        return (BitSet) pattern.clone();
    }
}
