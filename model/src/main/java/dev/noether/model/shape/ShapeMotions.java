package dev.noether.model.shape;

import dev.noether.model.symmetry.learned.GeneratorDictionary;
import dev.noether.model.symmetry.learned.GeneratorList;
import dev.noether.model.symmetry.learned.TimeWarpGenerators;
import dev.noether.model.symmetry.learned.ValueGenerator;
import java.util.List;

/** The motions of a window among which the learned covariance weighs. */
public enum ShapeMotions {
    /** Offset, trend, amplitude, and four smooth changes of the time axis. */
    VALUES_AND_TIME(new GeneratorList(
            List.of(ValueGenerator.OFFSET, ValueGenerator.TREND, ValueGenerator.SPREAD, new TimeWarpGenerators(4)))),
    /** Four smooth changes of the time axis; for standardised windows. */
    TIME(new TimeWarpGenerators(4));

    /** The number of generators of the time axis, which come last. */
    private static final int WARPS = 4;

    /** The kinds of the generators of the values, which come first. */
    private static final ShapeKind[] VALUE_KINDS = {ShapeKind.OFFSET, ShapeKind.TREND, ShapeKind.AMPLITUDE};

    private final GeneratorDictionary generators;
    /** Counted once: scoring asks for it and must not allocate. */
    private final int size;

    ShapeMotions(GeneratorDictionary generators) {
        this.generators = generators;
        this.size = generators.size();
    }

    /** The generators, in a fixed order. */
    public GeneratorDictionary generators() {
        return generators;
    }

    /** The number of generators. */
    public int size() {
        return size;
    }

    /** The kind of difference that a generator makes. */
    public ShapeKind kind(int generator) {
        int warp = generator - (size() - WARPS);
        return switch (warp) {
            case 0 -> ShapeKind.SHIFT;
            case 1 -> ShapeKind.WIDTH;
            case 2, 3 -> ShapeKind.TIMING;
            default -> VALUE_KINDS[generator];
        };
    }

    /**
     * The sign with which a step becomes a positive number for "higher", "rising", "larger", "later", "wider". A
     * positive step of the shift reads the prototype ahead of time, so that the window comes earlier.
     */
    int sign(int generator) {
        return kind(generator) == ShapeKind.SHIFT ? -1 : 1;
    }
}
