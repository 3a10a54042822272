package dev.noether.model.symmetry;

import java.util.random.RandomGenerator;

/** The structures of generator matrices, with the number of parameters of h generators on d values. */
public enum GeneratorStructure {
    /** Any matrix, as in the paper: {@code h d²} parameters, which the paper calls its bottleneck. */
    FULL {
        @Override
        public Generators initialised(int width, int count, int rank, RandomGenerator random) {
            return FullGenerators.initialised(width, count, random);
        }
    },
    /** {@code G = W − Wᵀ}, whose flow {@code exp(εG)} is a rotation: {@code h d (d − 1) / 2} parameters. */
    SKEW_SYMMETRIC {
        @Override
        public Generators initialised(int width, int count, int rank, RandomGenerator random) {
            return SkewSymmetricGenerators.initialised(width, count, random);
        }
    },
    /** {@code G = U Vᵀ} with U and V of {@code rank} columns: {@code 2 h d rank} parameters. */
    LOW_RANK {
        @Override
        public Generators initialised(int width, int count, int rank, RandomGenerator random) {
            return LowRankGenerators.initialised(width, count, rank, random);
        }
    },
    /** {@code G = diag(a) + U Vᵀ}, with U and V of {@code rank} columns: {@code h d (1 + 2 rank)} parameters. */
    DIAGONAL_PLUS_LOW_RANK {
        @Override
        public Generators initialised(int width, int count, int rank, RandomGenerator random) {
            return DiagonalPlusLowRankGenerators.initialised(width, count, rank, random);
        }
    };

    /**
     * Generators of this structure before training.
     *
     * @param width number of values in a point (d)
     * @param count number of generators (h)
     * @param rank rank of the low-rank part; ignored by structures without one
     * @param random source of the initial entries
     * @throws IllegalArgumentException if a size is not positive
     */
    public abstract Generators initialised(int width, int count, int rank, RandomGenerator random);
}
