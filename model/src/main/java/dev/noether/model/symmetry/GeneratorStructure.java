package dev.noether.model.symmetry;

import java.util.random.RandomGenerator;

/** The forms of symmetry generators, and what each costs for h of them on d values. */
public enum GeneratorStructure {
    /** Any matrix, as in the paper: {@code h d²} numbers, which it calls its bottleneck. */
    FULL {
        @Override
        public Generators initialised(int width, int count, int rank, RandomGenerator random) {
            return FullGenerators.initialised(width, count, random);
        }
    },
    /** {@code G = W − Wᵀ}, whose flow {@code exp(εG)} is a rotation: {@code h d (d − 1) / 2} numbers. */
    SKEW_SYMMETRIC {
        @Override
        public Generators initialised(int width, int count, int rank, RandomGenerator random) {
            return SkewSymmetricGenerators.initialised(width, count, random);
        }
    },
    /** {@code G = U Vᵀ} with U and V of {@code rank} columns: {@code 2 h d rank} numbers. */
    LOW_RANK {
        @Override
        public Generators initialised(int width, int count, int rank, RandomGenerator random) {
            return LowRankGenerators.initialised(width, count, rank, random);
        }
    },
    /** {@code G = diag(a) + U Vᵀ}: each value by itself, and a few together; {@code h d (1 + 2 rank)} numbers. */
    DIAGONAL_PLUS_LOW_RANK {
        @Override
        public Generators initialised(int width, int count, int rank, RandomGenerator random) {
            return DiagonalPlusLowRankGenerators.initialised(width, count, rank, random);
        }
    };

    /**
     * Generators before they are learned.
     *
     * @param width number of values in a point
     * @param count number of generators
     * @param rank of the low-rank part; without meaning where there is none
     * @throws IllegalArgumentException if a size is not positive
     */
    public abstract Generators initialised(int width, int count, int rank, RandomGenerator random);
}
