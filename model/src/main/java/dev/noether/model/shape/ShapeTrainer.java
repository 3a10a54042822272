package dev.noether.model.shape;

import dev.noether.model.engine.Engine;
import dev.noether.model.shape.GroupTrainer.TrainedGroup;
import dev.noether.model.shape.ShapeModel.Member;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Trains the shape view, and decides from the training history alone whether a detector uses it: the signal must repeat
 * clearly, and its windows must resemble their prototypes.
 *
 * <p>Not thread safe; belongs to the thread of its engine.
 */
public final class ShapeTrainer {
    /** The least prominence of the period. */
    static final double LEAST_PROMINENCE = 0.25;

    /** The largest deviation σ of the whole window, in standard deviations of the window. */
    static final double LARGEST_DEVIATION = 0.35;

    private static final int FEWEST_ROWS = 1000;
    private static final int FEWEST_WINDOWS = 200;

    private final Engine engine;
    private final ShapeChoice choice;
    private final long seed;

    /**
     * Makes a trainer.
     *
     * @param seed seed of the choice of windows
     */
    public ShapeTrainer(Engine engine, ShapeChoice choice, long seed) {
        this.engine = engine;
        this.choice = choice;
        this.seed = seed;
    }

    /**
     * The result.
     *
     * @param training the trained view; null if it is not used
     * @param provenance the figures of the decision, by name
     */
    public record Decision(@Nullable ShapeTraining training, SortedMap<String, String> provenance) {}

    /**
     * A history of one feature.
     *
     * @param feature index of the feature
     * @param entities names of the entities
     * @param runs runs of consecutive values at regular times
     */
    public record Signal(int feature, List<String> entities, List<SignalRun> runs) {
        int rows() {
            return runs.stream().mapToInt(run -> run.values().length).sum();
        }
    }

    /** A decision without training. */
    public static Decision unused(String reason) {
        SortedMap<String, String> provenance = new TreeMap<>();
        provenance.put("shape.used", "false");
        provenance.put("shape.reason", reason);
        return new Decision(null, provenance);
    }

    /** Trains the view of a signal, unless the gate is closed. */
    public Decision train(Signal signal) {
        if (signal.rows() < FEWEST_ROWS) {
            return unused("the history has %d rows, and %d are needed".formatted(signal.rows(), FEWEST_ROWS));
        }
        List<SignalLevel> levels = levels(signal);
        List<SignalRun> used = new ArrayList<>();
        List<float[]> scaled = new ArrayList<>();
        for (SignalRun run : signal.runs()) {
            used.add(run);
            scaled.add(run.scaled(levels.get(run.entity())));
        }
        Period period = PeriodEstimator.of(scaled);
        SortedMap<String, String> provenance = new TreeMap<>();
        provenance.put("shape.period", String.valueOf(period.rows()));
        provenance.put("shape.prominence", figure(period.prominence()));
        if (period.rows() == 0 || (choice == ShapeChoice.AUTO && period.prominence() < LEAST_PROMINENCE)) {
            return refused(
                    provenance,
                    "the signal does not repeat: the prominence of its period is " + figure(period.prominence())
                            + ", and " + LEAST_PROMINENCE + " is needed");
        }
        int windows = windows(scaled, period);
        if (windows < FEWEST_WINDOWS) {
            return refused(
                    provenance,
                    "the history has " + windows + " windows of a period without a gap, and " + FEWEST_WINDOWS
                            + " are needed");
        }
        TrainedGroup group = new GroupTrainer(engine, seed).train(scaled, period, common(signal));
        provenance.put("shape.deviation", figure(group.deviation()));
        if (choice == ShapeChoice.AUTO && group.deviation() > LARGEST_DEVIATION) {
            return refused(
                    provenance,
                    "windows do not resemble each other: their deviation is " + figure(group.deviation())
                            + ", and at most " + LARGEST_DEVIATION + " is allowed");
        }
        provenance.put("shape.used", "true");
        SortedMap<String, Member> members = new TreeMap<>();
        for (int e = 0; e < signal.entities().size(); e++) {
            members.put(signal.entities().get(e), new Member(0, levels.get(e)));
        }
        ShapeModel model = new ShapeModel(signal.feature(), List.of(group.group()), members);
        return new Decision(new ShapeTraining(model, List.of(group), List.of(used), levels), provenance);
    }

    private static Decision refused(SortedMap<String, String> provenance, String reason) {
        provenance.put("shape.used", "false");
        provenance.put("shape.reason", reason);
        return new Decision(null, provenance);
    }

    private static String figure(double value) {
        return String.format(Locale.ROOT, "%.3f", value);
    }

    private static int windows(List<float[]> runs, Period period) {
        int rows = Math.min(ShapeWindow.LONGEST, Math.max(ShapeWindow.SHORTEST, period.rows()));
        return runs.stream().mapToInt(run -> Math.max(0, run.length - rows + 1)).sum();
    }

    private static List<SignalLevel> levels(Signal signal) {
        SignalLevel common = common(signal);
        List<SignalLevel> levels = new ArrayList<>();
        for (int e = 0; e < signal.entities().size(); e++) {
            int entity = e;
            levels.add(level(
                    signal.runs().stream().filter(run -> run.entity() == entity).toList(), common.scale()));
        }
        return levels;
    }

    private static SignalLevel common(Signal signal) {
        return level(signal.runs(), 1);
    }

    private static SignalLevel level(List<SignalRun> runs, double otherwise) {
        double sum = 0;
        long count = 0;
        for (SignalRun run : runs) {
            for (float value : run.values()) {
                sum += value;
            }
            count += run.values().length;
        }
        double mean = count == 0 ? 0 : sum / count;
        double squares = 0;
        for (SignalRun run : runs) {
            for (float value : run.values()) {
                squares += (value - mean) * (value - mean);
            }
        }
        double deviation = count == 0 ? 0 : Math.sqrt(squares / count);
        return new SignalLevel(mean, deviation > 0 ? deviation : otherwise);
    }
}
