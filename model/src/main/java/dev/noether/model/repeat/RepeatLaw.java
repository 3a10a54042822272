package dev.noether.model.repeat;

import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How often the value of each feature repeats while all is well: what a model knows about standing still.
 *
 * <p>Immutable; thread safe.
 *
 * @param counts one for each feature
 */
public record RepeatLaw(List<RepeatCounts> counts) {
    public RepeatLaw {
        counts = List.copyOf(counts);
    }

    /** Of a model that knows nothing about it: nothing is watched. */
    public static RepeatLaw unknown(int features) {
        return new RepeatLaw(Collections.nCopies(features, RepeatCounts.NONE));
    }

    /** The number of features. */
    public int features() {
        return counts.size();
    }

    /** The number of features that move nearly always. */
    public long moving() {
        return counts.stream().filter(RepeatCounts::isMoving).count();
    }

    /**
     * The law as numbers.
     *
     * @return {@code [features × }{@value RepeatCounts#INTS}{@code ]}
     */
    public int[] numbers() {
        return counts.stream()
                .flatMapToInt(one ->
                        IntStream.of(one.moves(), one.repeats(), one.laterMoves(), one.laterRepeats(), one.longest()))
                .toArray();
    }

    /**
     * A law of its {@link #numbers}.
     *
     * @throws IllegalArgumentException if they are not those of a law
     */
    public static RepeatLaw of(int... numbers) {
        if (numbers.length % RepeatCounts.INTS != 0) {
            throw new IllegalArgumentException("a law of repetitions has " + RepeatCounts.INTS
                    + " numbers for each feature (got " + numbers.length + " in all)");
        }
        RepeatCounts[] counts = new RepeatCounts[numbers.length / RepeatCounts.INTS];
        for (int j = 0; j < counts.length; j++) {
            int at = j * RepeatCounts.INTS;
            counts[j] =
                    new RepeatCounts(numbers[at], numbers[at + 1], numbers[at + 2], numbers[at + 3], numbers[at + 4]);
        }
        return new RepeatLaw(List.of(counts));
    }
}
