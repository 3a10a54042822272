package dev.noether.lab.series;

import dev.noether.model.series.SeriesSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The division of training series into parts for training and for validation. Few series have three folds, each with a
 * third held out. Many series have one fold with a fifth held out, or three such folds if the series are short and
 * training is cheap. Repeated measurements of one object stay in one part, if there are enough objects for all parts.
 * Few series with repeats have six folds, because each part holds fewer objects.
 */
final class SeriesFolds {
    private static final int MANY = 150;
    private static final int FOLDS_OF_FEW = 3;
    private static final int FOLDS_OF_FEW_REPEATED = 6;
    private static final int PARTS_OF_MANY = 5;
    private static final int FOLDS_OF_SHORT = 3;
    private static final int CHEAP_VALUES = 50_000;

    private SeriesFolds() {}

    /**
     * One division of the series.
     *
     * @param training series that train the model
     * @param heldOut series that validate the model
     */
    record Fold(SeriesSet training, SeriesSet heldOut) {}

    /** Divides at least three series at random. */
    static List<Fold> of(SeriesSet series, long seed) {
        List<int[]> things = things(series);
        if (series.count() >= MANY && things.size() >= PARTS_OF_MANY) {
            return folds(series, things, PARTS_OF_MANY, foldsOfMany(series), seed);
        }
        boolean hasRepeats = things.size() < series.count();
        if (hasRepeats && things.size() >= FOLDS_OF_FEW_REPEATED) {
            return folds(series, things, FOLDS_OF_FEW_REPEATED, FOLDS_OF_FEW_REPEATED, seed);
        }
        return folds(series, hasRepeats ? single(series) : things, FOLDS_OF_FEW, FOLDS_OF_FEW, seed);
    }

    private static List<Fold> folds(SeriesSet series, List<int[]> things, int parts, int folds, long seed) {
        List<int[]> order = shuffled(things, seed);
        List<Fold> divisions = new ArrayList<>();
        for (int fold = 0; fold < folds; fold++) {
            divisions.add(new Fold(
                    series.select(part(order, parts, fold, false)), series.select(part(order, parts, fold, true))));
        }
        return divisions;
    }

    /** The series of each measured object; one for each object if there are no repeats. */
    private static List<int[]> things(SeriesSet series) {
        int[] groups = RepeatedMeasurements.groups(series);
        Map<Integer, List<Integer>> members = IntStream.range(0, groups.length)
                .boxed()
                .collect(Collectors.groupingBy(row -> groups[row], TreeMap::new, Collectors.toList()));
        return members.values().stream()
                .map(rows -> rows.stream().mapToInt(Integer::intValue).toArray())
                .toList();
    }

    private static List<int[]> single(SeriesSet series) {
        return IntStream.range(0, series.count())
                .mapToObj(row -> new int[] {row})
                .toList();
    }

    private static int foldsOfMany(SeriesSet series) {
        return (long) series.count() * series.length() < CHEAP_VALUES ? FOLDS_OF_SHORT : 1;
    }

    private static int[] part(List<int[]> things, int parts, int fold, boolean inside) {
        return IntStream.range(0, things.size())
                .filter(index -> (index % parts == fold) == inside)
                .flatMap(index -> Arrays.stream(things.get(index)))
                .toArray();
    }

    private static List<int[]> shuffled(List<int[]> things, long seed) {
        List<int[]> order = new ArrayList<>(things);
        RandomGenerator random = new SplittableRandom(seed);
        for (int last = order.size() - 1; last > 0; last--) {
            Collections.swap(order, last, random.nextInt(last + 1));
        }
        return order;
    }
}
