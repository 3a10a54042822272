package dev.noether.cli.infer;

import java.util.HashSet;
import java.util.Set;

/** Statistics of one field over the sample. Not thread safe. */
final class Column {
    private static final int MAX_DISTINCT = 20_000;

    private final String path;
    private final Set<Object> distinct = new HashSet<>();
    private int count;
    private int numbers;
    private int texts;
    private boolean areIntegers = true;
    private double lowest = Double.POSITIVE_INFINITY;
    private double highest = Double.NEGATIVE_INFINITY;
    private String example = "";

    Column(String path) {
        this.path = path;
    }

    void add(Object value) {
        if (count++ == 0) {
            example = String.valueOf(value);
        }
        if (distinct.size() < MAX_DISTINCT) {
            distinct.add(value);
        }
        if (value instanceof String) {
            texts++;
        }
        double number = FlatRecord.number(value);
        if (!Double.isNaN(number)) {
            numbers++;
            areIntegers &= number == Math.rint(number);
            lowest = Math.min(lowest, number);
            highest = Math.max(highest, number);
        }
    }

    /** Path of the field. */
    String path() {
        return path;
    }

    /** The last name of the path. */
    String name() {
        return path.substring(path.lastIndexOf('.') + 1);
    }

    /** Number of records with the field. */
    int count() {
        return count;
    }

    /** Number of different values, bounded. */
    int distinct() {
        return distinct.size();
    }

    /** Whether nearly all values are numbers. */
    boolean isNumeric() {
        return numbers >= 0.95 * count;
    }

    /** Whether nearly all values are texts. */
    boolean isText() {
        return texts >= 0.95 * count;
    }

    /** Whether all numbers are whole. */
    boolean isInteger() {
        return numbers > 0 && areIntegers;
    }

    /** Least number. */
    double lowest() {
        return lowest;
    }

    /** Largest number. */
    double highest() {
        return highest;
    }

    /** The first value. */
    String example() {
        return example;
    }
}
