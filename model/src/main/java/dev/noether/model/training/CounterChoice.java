package dev.noether.model.training;

import dev.noether.model.feature.CounterReadings;
import dev.noether.model.feature.FeatureSchema;
import dev.noether.model.training.EntityHistory.Run;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Which features of a history are counters. A counter is a total: it never falls except for resets, after which it starts
 * again at less than half. It is recognised if it is never negative, rises in at least {@value #LEAST_RISES} rows and in a
 * twentieth of them, and falls at most once in {@value #RISES_FOR_A_RESET} rises.
 *
 * @param isRecognised whether counters are recognised in the history
 * @param names features that are counters whatever the history says; names that the schema lacks are ignored
 */
public record CounterChoice(boolean isRecognised, List<String> names) {
    /** No feature is a counter. */
    public static final CounterChoice NONE = new CounterChoice(false, List.of());

    /** In a setting, stands for the counters that are recognised. */
    public static final String AUTO = "auto";

    private static final int LEAST_RISES = 50;
    private static final int RISES_FOR_A_RESET = 200;
    private static final double LEAST_SHARE = 0.05;

    /** Copies the list. */
    public CounterChoice {
        names = List.copyOf(names);
    }

    /** Makes a choice of a setting: names of features, {@value #AUTO} among them for those that are recognised. */
    public static CounterChoice of(List<String> setting) {
        return new CounterChoice(
                setting.contains(AUTO),
                setting.stream().filter(name -> !name.equals(AUTO)).toList());
    }

    /** The counters of a history, ascending indices. */
    public int[] of(FeatureSchema features, List<EntityHistory> histories) {
        return IntStream.range(0, features.size())
                .filter(feature -> names.contains(features.name(feature))
                        || isRecognised && isCounter(histories, features.size(), feature))
                .toArray();
    }

    private static boolean isCounter(List<EntityHistory> histories, int features, int feature) {
        long rises = 0;
        long falls = 0;
        long pairs = 0;
        for (EntityHistory history : histories) {
            for (Run run : history.runs()) {
                double last = Double.NaN;
                for (int index = feature; index < run.rows().length; index += features) {
                    double value = run.rows()[index];
                    if (value < 0 || value < last && value > last / 2) {
                        return false;
                    }
                    rises += value > last ? 1 : 0;
                    falls += value < last ? 1 : 0;
                    pairs += value >= last || value < last ? 1 : 0;
                    last = Double.isNaN(value) ? last : value;
                }
            }
        }
        return rises >= LEAST_RISES && rises >= LEAST_SHARE * pairs && falls * RISES_FOR_A_RESET <= rises;
    }

    /**
     * The same histories with increases per second in place of the counters; the same objects if there is none.
     *
     * @param counters ascending indices
     */
    public static List<EntityHistory> rates(List<EntityHistory> histories, int[] counters) {
        if (counters.length == 0) {
            return histories;
        }
        List<EntityHistory> rated = new ArrayList<>();
        for (EntityHistory history : histories) {
            rated.add(new EntityHistory(
                    history.entity(),
                    history.runs().stream().map(run -> rates(run, counters)).toList()));
        }
        return rated;
    }

    /** The same rows with increases per second in place of the counters, in order of time. */
    public static Run rates(Run unordered, int[] counters) {
        if (counters.length == 0 || unordered.count() == 0) {
            return unordered;
        }
        Run run = unordered.inOrder();
        int features = run.rows().length / run.count();
        double[] rows = run.rows().clone();
        CounterReadings readings = new CounterReadings(counters);
        for (int i = 0; i < run.count(); i++) {
            readings.toRates(run.times()[i], rows, i * features, true);
        }
        return new Run(run.times(), rows);
    }
}
