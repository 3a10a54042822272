package dev.noether.model.repeat;

import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How often the values of each feature repeat in normal operation, for the detection of stuck values.
 *
 * <p>Immutable; thread safe.
 *
 * @param counts counts of each feature
 */
public record RepeatLaw(List<RepeatCounts> counts) {
    /** Copies the list. */
    public RepeatLaw {
        counts = List.copyOf(counts);
    }

    /** The law of a model without counts: no feature is checked for stuck values. */
    public static RepeatLaw unknown(int features) {
        return new RepeatLaw(Collections.nCopies(features, RepeatCounts.NONE));
    }

    /** The number of features. */
    public int features() {
        return counts.size();
    }

    /** The number of features that change in nearly every row. */
    public long moving() {
        return counts.stream().filter(RepeatCounts::isMoving).count();
    }

    /**
     * Returns the law as numbers.
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
     * Makes a law of its {@link #numbers}.
     *
     * @throws IllegalArgumentException if the numbers are not those of a law
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
