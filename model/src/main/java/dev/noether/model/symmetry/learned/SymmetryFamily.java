package dev.noether.model.symmetry.learned;

import dev.noether.model.series.SeriesSet;

/**
 * The families of motions among which {@link SymmetrySelection} chooses. A family makes a flow from training series.
 */
public enum SymmetryFamily {
    /** Smooth changes of the time axis, learned; they include the shift. */
    LEARNED_WARP(true) {
        @Override
        public SymmetryFlow learn(SeriesSet training, double smoothing) {
            return WarpFlow.learned(covariance(training, smoothing, new TimeWarpGenerators(WARPS)), training.length());
        }
    },
    /** Shifts in time, learned. */
    LEARNED_SHIFT(true) {
        @Override
        public SymmetryFlow learn(SeriesSet training, double smoothing) {
            return WarpFlow.learned(covariance(training, smoothing, new TimeWarpGenerators(1)), training.length());
        }
    },
    /** An offset of the whole series, learned. */
    LEARNED_OFFSET(false) {
        @Override
        public SymmetryFlow learn(SeriesSet training, double smoothing) {
            return valueFlow(training, ValueGenerator.OFFSET);
        }
    },
    /** A factor on the whole series, learned. */
    LEARNED_AMPLITUDE(false) {
        @Override
        public SymmetryFlow learn(SeriesSet training, double smoothing) {
            return valueFlow(training, ValueGenerator.AMPLITUDE);
        }
    },
    /** A rotation in the leading directions, learned; for rows that are not time series. */
    LEARNED_ROTATION(false) {
        @Override
        public SymmetryFlow learn(SeriesSet training, double smoothing) {
            return RotationFlow.learned(RotationEstimator.defaults().estimate(training));
        }
    },
    /** Shifts by 2, 4 and 8 samples, prescribed. */
    PRESCRIBED_SHIFT(false) {
        @Override
        public SymmetryFlow learn(SeriesSet training, double smoothing) {
            return ShiftFlow.prescribed();
        }
    },
    /** Random smooth changes of the time axis by a few samples, prescribed. */
    PRESCRIBED_WARP(false) {
        @Override
        public SymmetryFlow learn(SeriesSet training, double smoothing) {
            return WarpFlow.prescribed(training.length());
        }
    };

    private static final int NEIGHBOURS = 5;
    private static final int WARPS = 6;

    private final boolean isSmoothing;

    SymmetryFamily(boolean isSmoothing) {
        this.isSmoothing = isSmoothing;
    }

    /** Whether the family learns from smoothed series. */
    public boolean isSmoothing() {
        return isSmoothing;
    }

    /**
     * The flow of this family at strength 1. A learned flow moves a series by about its distance from near neighbours.
     *
     * @param training {@code [count × length]}; at least two series if the flow is learned
     * @param smoothing standard deviation in samples of the smoothing before learning, at least 0; ignored by families
     *     that do not smooth
     */
    public abstract SymmetryFlow learn(SeriesSet training, double smoothing);

    /** How much each generator of a dictionary contributes to the differences of near neighbours in a training set. */
    public static GeneratorCovariance covariance(SeriesSet training, double smoothing, GeneratorDictionary dictionary) {
        NeighbourPairs pairs = NeighbourPairs.of(training, NEIGHBOURS).smoothed(smoothing);
        return GeneratorCovarianceEstimator.defaults().estimate(pairs, dictionary);
    }

    private static SymmetryFlow valueFlow(SeriesSet training, ValueGenerator generator) {
        return new ValueFlow(
                generator, Math.sqrt(covariance(training, 0, generator).strength(0)));
    }
}
