package dev.noether.model.symmetry.learned;

import dev.noether.model.series.SeriesSet;

/** The motions among which {@link SymmetrySelection} chooses, and how each is had from training series. */
public enum SymmetryFamily {
    /** Smooth changes of the time axis, learned; the shift is among them. */
    LEARNED_WARP(true) {
        @Override
        public SymmetryFlow learn(SeriesSet training, double smoothing) {
            return WarpFlow.learned(effects(training, smoothing, new TimeWarps(WARPS)), training.length());
        }
    },
    /** Shifts in time, learned. */
    LEARNED_SHIFT(true) {
        @Override
        public SymmetryFlow learn(SeriesSet training, double smoothing) {
            return WarpFlow.learned(effects(training, smoothing, new TimeWarps(1)), training.length());
        }
    },
    /** The whole series up or down, learned. */
    LEARNED_OFFSET(false) {
        @Override
        public SymmetryFlow learn(SeriesSet training, double smoothing) {
            return valueFlow(training, ValueChange.OFFSET);
        }
    },
    /** The whole series larger or smaller, learned. */
    LEARNED_AMPLITUDE(false) {
        @Override
        public SymmetryFlow learn(SeriesSet training, double smoothing) {
            return valueFlow(training, ValueChange.AMPLITUDE);
        }
    },
    /** A rotation in the leading directions, learned: for rows that are no series. */
    LEARNED_ROTATION(false) {
        @Override
        public SymmetryFlow learn(SeriesSet training, double smoothing) {
            return RotationFlow.learned(SkewGeneratorEstimator.defaults().estimate(training));
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

    private final boolean smooths;

    SymmetryFamily(boolean smooths) {
        this.smooths = smooths;
    }

    /** Whether smoothing the series before learning makes a difference. */
    public boolean smooths() {
        return smooths;
    }

    /**
     * The flow of this family at strength 1: as far as near neighbours are apart if it is learned, as far as is prescribed
     * otherwise.
     *
     * @param training {@code [count × length]}, at least two where the flow is learned
     * @param smoothing deviation of the smoothing in samples, at least 0; for learning only, and ignored by families that do
     *     not smooth
     */
    public abstract SymmetryFlow learn(SeriesSet training, double smoothing);

    /** What a dictionary explains of the differences of near neighbours in a training set. */
    public static RandomEffects effects(SeriesSet training, double smoothing, GeneratorDictionary dictionary) {
        NeighbourPairs pairs = NeighbourPairs.of(training, NEIGHBOURS).smoothed(smoothing);
        return RandomEffectsEstimator.defaults().estimate(pairs, dictionary);
    }

    private static SymmetryFlow valueFlow(SeriesSet training, ValueChange change) {
        return new ValueFlow(change, Math.sqrt(effects(training, 0, change).strength(0)));
    }
}
